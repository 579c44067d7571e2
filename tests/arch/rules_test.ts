import { assert, assertEquals } from "@std/assert";
import { type Rule, sourcesOf } from "./rule.ts";
import { catches } from "./rules/catches.ts";
import { clock } from "./rules/clock.ts";
import { cycles } from "./rules/cycles.ts";
import { layerOrder } from "./rules/layer_order.ts";
import { moduleState } from "./rules/module_state.ts";
import { packages } from "./rules/packages.ts";
import { promises, seenPromises } from "./rules/promises.ts";
import { runtimes } from "./rules/runtimes.ts";
import { sqlText } from "./rules/sql_text.ts";
import { fileLength, mentions } from "./rules/texts.ts";
import { node20 } from "./rules/node_20.ts";
import { noAny, reasonedAs } from "./rules/types.ts";
import { readSources } from "./source.ts";

const RULES: readonly Rule[] = [
  layerOrder,
  cycles,
  packages,
  sqlText,
  moduleState,
  promises,
  clock,
  runtimes,
  noAny,
  reasonedAs,
  catches,
  node20,
  fileLength,
  mentions,
];
const sources = readSources();

for (const rule of RULES) {
  Deno.test(`source: ${rule.name}`, () => {
    const broken = rule.check(sources);
    assert(broken.length === 0, `rule "${rule.name}" is broken at\n  ${broken.join("\n  ")}`);
  });

  Deno.test(`rule catches what it should, and no more: ${rule.name}`, () => {
    for (const snippet of rule.bad) {
      assert(rule.check(sourcesOf(snippet)).length > 0, `not caught: ${JSON.stringify(snippet)}`);
    }
    for (const snippet of rule.good) {
      assertEquals(rule.check(sourcesOf(snippet)), [], JSON.stringify(snippet));
    }
  });
}

Deno.test("the source is found, and the checker sees the promises in it", () => {
  assert(sources.length > 50, `only ${sources.length} files found`);
  const { awaited, seen } = seenPromises(sources);
  assert(seen >= awaited * 0.9, `the checker sees ${seen} of ${awaited} awaited promises`);
});
