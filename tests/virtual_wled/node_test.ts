import { assertEquals, assertMatch } from "@std/assert";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { readLines } from "../runtime/line_reader.ts";
import { ROOT, RUNTIMES } from "../runtime/runtimes.ts";

const FOLDER = join(ROOT, "virtual_wled");
const compilerOptions: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};

/** The program with its types taken out, as Node reads it. */
function writeForNode(dir: string): void {
  for (const name of readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))) {
    const { outputText } = ts.transpileModule(readFileSync(join(FOLDER, name), "utf8"), { compilerOptions });
    writeFileSync(join(dir, name.replace(/\.ts$/, ".js")), outputText);
  }
  writeFileSync(join(dir, "package.json"), `{"type":"module"}`);
  cpSync(join(FOLDER, "page"), join(dir, "page"), { recursive: true });
  mkdirSync(join(dir, "node_modules"));
  symlinkSync(join(ROOT, "node_modules/multicast-dns"), join(dir, "node_modules/multicast-dns"));
}

const sentence = "a controller runs on Node as well, with its page, and ends in order";
const missing = RUNTIMES.find(({ name }) => name === "Node")?.missing;
if (missing !== undefined) Deno.test.ignore(`${sentence} [SKIPPED: ${missing}]`, () => {});
else {
  Deno.test(sentence, async () => {
    const dir = Deno.makeTempDirSync({ prefix: "virtual-wled-" });
    try {
      writeForNode(dir);
      await tryOn(dir);
    } finally {
      Deno.removeSync(dir, { recursive: true });
    }
  });
}

async function tryOn(dir: string): Promise<void> {
  const args = [join(dir, "main.js"), "--ddp-port", "0", "--realtime-port", "0", "--announce"];
  const child = new Deno.Command("node", { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const [out, err] = [readLines(child.stdout), readLines(child.stderr)];
  const first = await out.firstLine ?? err.text();
  assertMatch(first, /^WLED: http/);
  const url = /http:\/\/\S+/.exec(first)?.[0] ?? "";
  assertEquals(Object(await (await fetch(`${url}/json/state`)).json()).bri, 128);
  assertMatch(await (await fetch(url)).text(), /^<!doctype html>/);
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode("garbage\nquit\n"));
  assertEquals((await child.status).code, 0);
  await input.close().catch(() => undefined);
  await Promise.all([out.ended, err.ended]);
  assertEquals(err.text(), "");
}
