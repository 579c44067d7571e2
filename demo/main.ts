import { runDemo } from "./run.ts";

Deno.exit(await runDemo("deno task demo", Deno.args));
