import type { BuildOptions } from "esbuild";

/** Native, or with native parts: found in node_modules when the program runs. */
const EXTERNAL = ["libsql", "libsql/promise", "bufferutil", "utf-8-validate"];

/** The bundle is a module, but packages in it ask for others by `require`. */
const BANNER = [
  'import { createRequire as createRequireOfBundle } from "node:module";',
  "const require = createRequireOfBundle(import.meta.url);",
].join("\n");

const programOptions = (entry: string, outfile: string): BuildOptions => ({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  external: EXTERNAL,
  banner: { js: BANNER },
  logLevel: "warning",
});

/** One file for Node 20 and newer. */
export const nodeOptions = (entry: string, outfile: string): BuildOptions => ({
  ...programOptions(entry, outfile),
  target: "node20",
  sourcemap: "linked",
  legalComments: "linked",
});

/** One file for Deno, to be compiled: names of functions stay, as a stack tells nothing else there. */
export const denoOptions = (entry: string, outfile: string): BuildOptions => ({
  ...programOptions(entry, outfile),
  target: "es2024",
  keepNames: true,
  legalComments: "eof",
});
