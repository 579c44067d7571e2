import { importsOf } from "../imports.ts";
import type { Rule } from "../rule.ts";
import type { Source } from "../source.ts";

type Graph = ReadonlyMap<string, readonly string[]>;

export const cycles: Rule = {
  name: "no file imports itself by way of others, types included",
  check: (sources) => findCycles(graphOf(sources)).map((cycle) => `src/${cycle[0]}:1 cycle: ${cycle.join(" → ")}`),
  bad: [
    { "a/x.ts": 'import "./y.ts";', "a/y.ts": 'import "./x.ts";' },
    { "a/x.ts": 'import "./x.ts";' },
    {
      "a/x.ts": 'import type { Y } from "./y.ts";',
      "a/y.ts": 'import type { Z } from "../b/z.ts";',
      "b/z.ts": 'export type { X } from "../a/x.ts";',
    },
  ],
  good: [
    { "a/x.ts": 'import "./y.ts"; import "./z.ts";', "a/y.ts": 'import "./z.ts";', "a/z.ts": "" },
  ],
};

const graphOf = (sources: readonly Source[]): Graph =>
  new Map(sources.map((source) => [source.path, importsOf(source).flatMap(({ target }) => target ?? [])]));

/** One cycle for each edge that leads back to a file that is still being visited. */
function findCycles(graph: Graph): readonly (readonly string[])[] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) return void found.push([...trail.slice(start), path]);
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
