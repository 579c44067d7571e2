import type { BuildOptions } from "esbuild";

/** Native, or with native parts: found in node_modules when the program runs. */
const EXTERNAL = ["libsql", "libsql/promise", "bufferutil", "utf-8-validate"];

/** The bundle is a module, but packages in it ask for others by `require`. */
const BANNER = [
  'import { createRequire as createRequireOfBundle } from "node:module";',
  "const require = createRequireOfBundle(import.meta.url);",
].join("\n");

/** Whoever only looks after a server in another process starts without what that one is made of: the scripts are several. */
const programOptions = (entry: string, folder: string): BuildOptions => ({
  entryPoints: { lumenlog: entry },
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  chunkNames: "[name]-[hash]",
  splitting: true,
  bundle: true,
  platform: "node",
  format: "esm",
  external: EXTERNAL,
  banner: { js: BANNER },
  logLevel: "warning",
});

/** `lumenlog.mjs` with what it brings along, for Node 20 and newer. */
export const nodeOptions = (entry: string, folder: string): BuildOptions => ({
  ...programOptions(entry, folder),
  target: "node20",
  sourcemap: "linked",
  legalComments: "linked",
});

/** The same for Deno, to be compiled: names of functions stay, as a stack tells nothing else there. */
export const denoOptions = (entry: string, folder: string): BuildOptions => ({
  ...programOptions(entry, folder),
  target: "es2024",
  keepNames: true,
  legalComments: "eof",
});
