/** Where the program begins when it is one file: the demo is in there too, and nothing of it is loaded for a server. */
const [first, second] = Deno.args;

if (first === "demo" || (first === "help" && second === "demo")) {
  const { runDemo } = await import("./run.ts");
  Deno.exit(await runDemo("lumenlog demo", first === "help" ? ["--help"] : Deno.args.slice(1)));
} else await import("../src/main_deno.ts");
