import type { BuildOptions } from "esbuild";

/** The browser UI: one script and one stylesheet, for browsers of the last three years. */
export const uiOptions = (at: (path: string) => string): BuildOptions => ({
  entryPoints: [{ in: at("src/ui/main.tsx"), out: "app" }, { in: at("src/ui/styles/app.css"), out: "app" }],
  outdir: at("public/assets"),
  bundle: true,
  minify: true,
  platform: "browser",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  format: "esm",
  jsx: "automatic",
  jsxImportSource: "preact",
  // Kept out of what is served: nothing in it says more than the source.
  legalComments: "none",
  charset: "utf8",
  logLevel: "warning",
});
