import { assert, assertEquals } from "@std/assert";
import { actionsDocument } from "../../build/actions_document.ts";
import { CATALOGUE } from "../../src/activity/catalogue.ts";
import { withTempDir } from "../support/temp_dir.ts";

Deno.test("docs/actions.md is what the catalogue says today", async () => {
  await withTempDir(async (dir) => {
    const made = `${dir}/actions.md`;
    await Deno.writeTextFile(made, actionsDocument());
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--quiet", "--line-width=120", "--prose-wrap=preserve", made],
    }).output();
    assert(success);
    assertEquals(await Deno.readTextFile("docs/actions.md"), await Deno.readTextFile(made), "run `deno task docs`");
  });
});

Deno.test("the page names every action with all of its keys", () => {
  const page = actionsDocument();
  for (const [action, { label, metadata }] of Object.entries(CATALOGUE)) {
    const part = page.split("\n### ").find((text) => text.startsWith(`\`${action}\``)) ?? "";
    assert(part.includes(label), action);
    for (const key of Object.keys(metadata.shape)) assert(part.includes(`- \`${key}\``), `${action} ${key}`);
  }
});

Deno.test("every action has a name and a sentence of its own", () => {
  const labels = Object.values(CATALOGUE).map(({ label }) => label);
  assertEquals(new Set(labels).size, labels.length);
  for (const { label, when } of Object.values(CATALOGUE)) {
    assert(/^[A-Z][^.]*$/.test(label), label);
    assert(/^[A-Z].*[^.]$/.test(when), when);
  }
});
