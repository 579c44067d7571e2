/** Makes the program one file that needs nothing else: `dist/lumenlog`, or one for each machine that is named. */
import { existsSync, readdirSync } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments } from "./compile_arguments.ts";
import { FLAGS } from "./compile_flags.ts";
import { BESIDE, BUNDLE, fillFolder } from "./compile_folder.ts";
import { targetOf } from "./targets.ts";

/** Paths from the top of the repository, wherever this is called from. */
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const { targets, output, deno } = readArguments(Deno.args, { output: at("dist"), deno: Deno.execPath() });

/** In a folder of its own: a configuration below this one would have to belong to it. */
async function compile(target: string | null): Promise<string> {
  const made = join(resolve(output), target === null ? "lumenlog" : targetOf(target).name);
  const folder = await Deno.makeTempDir({ prefix: "lumenlog-compile-" });
  try {
    await fillFolder(folder, at);
    const include = BESIDE.flatMap((name) => ["--include", name]);
    const forTarget = target === null ? [] : ["--target", target];
    const args = ["compile", ...FLAGS, ...include, ...forTarget, "--output", made, BUNDLE];
    const { success } = await new Deno.Command(deno, { args, cwd: folder, stdin: "null" }).spawn().status;
    if (!success) throw new Error(`Cannot compile ${made}`);
    if (target !== null) assertNative(folder, targetOf(target).native);
    return existsSync(`${made}.exe`) ? `${made}.exe` : made;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The database engine of another machine than this one is only there if the runtime fetched it for that machine. */
function assertNative(folder: string, name: string): void {
  const packages = readdirSync(join(folder, "node_modules/.deno"));
  const wanted = `${name.replace("/", "+")}@`;
  if (!packages.some((found) => found.startsWith(wanted))) throw new Error(`Cannot compile: ${name} is not there`);
}

try {
  await mkdir(output, { recursive: true });
  for (const target of targets.length === 0 ? [null] : targets) {
    const made = await compile(target);
    console.log(`compiled ${made} (${Math.round((await stat(made)).size / 1e6)} MB)`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
