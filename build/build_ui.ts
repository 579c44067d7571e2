import { fileURLToPath } from "node:url";
import { uiOptions } from "./ui_options.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// Imported here: esbuild looks for its native program as soon as it is loaded.
const esbuild = await import("esbuild");
if (Deno.args.includes("--watch")) {
  const context = await esbuild.context({ ...uiOptions(at), logLevel: "info" });
  await context.watch();
} else {
  try {
    await esbuild.build(uiOptions(at));
    console.log("built public/assets");
  } finally {
    // Otherwise its process keeps this one alive.
    await esbuild.stop();
  }
}
