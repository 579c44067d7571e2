/** Starts the real program as if it ran from the file that ONE_FILE names: compiling it would take minutes. */
const path = Deno.env.get("ONE_FILE");
Object.assign(Deno, { build: { ...Deno.build, standalone: true }, execPath: () => path });
// Not a part of these tests, so that the types of the edge are checked where it is at home.
const main = new URL("../../../src/main_deno.ts", import.meta.url).href;
await import(main);
