import { cp } from "node:fs/promises";
import { join } from "node:path";
import { denoOptions } from "./node_options.ts";
import { uiOptions } from "./ui_options.ts";

/** What the compiled program starts with. */
export const BUNDLE = "lumenlog.mjs";
/** What it reads beside that. */
export const BESIDE = ["migrations", "public"];

/**
 * Fills a folder with what belongs into the one file, and with nothing else: the program as one script, the UI, the
 * migrations, and a configuration that knows the one package with a native part.
 */
export async function fillFolder(folder: string, at: (path: string) => string): Promise<void> {
  for (const name of BESIDE) await cp(at(name), join(folder, name), { recursive: true });
  // Imported here: esbuild looks for its native program as soon as it is loaded.
  const esbuild = await import("esbuild");
  try {
    await esbuild.build({ ...uiOptions(at), outdir: join(folder, "public/assets") });
    await esbuild.build(denoOptions(at("src/main_deno.ts"), join(folder, BUNDLE)));
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
