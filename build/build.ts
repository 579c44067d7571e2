import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { libsqlOf } from "./compile_folder.ts";
import { nodeOptions } from "./node_options.ts";
import { uiOptions } from "./ui_options.ts";

/** Paths from the top of the repository, wherever this is called from. */
const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const ENTRY = "src/main_node.ts";
const OUTPUT = "dist/node";
/** What the program reads beside itself. */
const BESIDE = ["migrations", "public"];

async function build() {
  // Imported here: esbuild looks for its native program as soon as it is loaded.
  const esbuild = await import("esbuild");
  try {
    await esbuild.build(uiOptions(at));
    await rm(at(OUTPUT), { recursive: true, force: true });
    await mkdir(at(OUTPUT), { recursive: true });
    await esbuild.build(nodeOptions(at(ENTRY), at(OUTPUT)));
    for (const name of BESIDE) await cp(at(name), at(`${OUTPUT}/${name}`), { recursive: true });
    await writeFile(at(`${OUTPUT}/package.json`), await packageJson());
  } finally {
    // Otherwise its process keeps this one alive.
    await esbuild.stop();
  }
}

/** For `npm install` in the folder, wherever it was moved: the one package that is not in the bundle. */
async function packageJson(): Promise<string> {
  const [, version] = (await libsqlOf(at("deno.json"))).split("@");
  const content = { name: "lumenlog", private: true, engines: { node: ">=20" }, dependencies: { libsql: version } };
  return `${JSON.stringify(content, null, 2)}\n`;
}

await build();
console.log(`built public/assets and ${OUTPUT}/lumenlog.mjs`);
