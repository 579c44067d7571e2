import { cp } from "node:fs/promises";
import { join } from "node:path";
import { denoOptions } from "./node_options.ts";
import { uiOptions } from "./ui_options.ts";

/** What the compiled program starts with. */
export const BUNDLE = "lumenlog.mjs";
/** What it reads beside that, by where it comes from; the last is the page of the demo's lights. */
const SOURCES: Readonly<Record<string, string>> = {
  "migrations": "migrations",
  "public": "public",
  "virtual_wled/page": "page",
};
export const BESIDE: readonly string[] = Object.values(SOURCES);

/**
 * Fills a folder with what belongs into the one file, and with nothing else: the program and the demo as scripts, the
 * UI, the migrations, and a configuration that knows the one package with a native part.
 */
export async function fillFolder(folder: string, at: (path: string) => string): Promise<void> {
  for (const [source, name] of Object.entries(SOURCES)) await cp(at(source), join(folder, name), { recursive: true });
  // Imported here: esbuild looks for its native program as soon as it is loaded.
  const esbuild = await import("esbuild");
  try {
    await esbuild.build({ ...uiOptions(at), outdir: join(folder, "public/assets") });
    await esbuild.build(denoOptions(at("demo/one_file.ts"), folder));
  } finally {
    // Otherwise its process keeps this one alive.
    await esbuild.stop();
  }
  const imports = { libsql: await libsqlOf(at("deno.json")) };
  await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify({ nodeModulesDir: "auto", imports }));
  // So that the package is the very one that was tested.
  await cp(at("deno.lock"), join(folder, "deno.lock"));
}

/** The package with its version, e.g. `npm:libsql@0.5.29`. */
export async function libsqlOf(configPath: string): Promise<string> {
  const { imports }: { imports: Readonly<Record<string, string>> } = JSON.parse(await Deno.readTextFile(configPath));
  const found = imports["libsql"];
  if (found === undefined) throw new Error(`Cannot find "libsql" among the imports of ${configPath}`);
  return found;
}
