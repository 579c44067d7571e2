import { assert, assertEquals } from "@std/assert";
import { compileInto, findCompiler } from "./compiled.ts";

/** The machine field of an ELF header. */
const ARM64 = 0xb7;
const MACHINE_AT = 18;
const OTHER = "aarch64-unknown-linux-gnu";

const compiler = findCompiler();
const name = "the file for another machine has the database engine of that machine inside";

if (typeof compiler === "string") Deno.test.ignore(`${name} [SKIPPED: ${compiler}]`, () => {});
else {
  Deno.test(name, async () => {
    const dir = await Deno.makeTempDir({ prefix: "lumenlog-target-" });
    try {
      // The runtime inside is this machine's, so the file starts nowhere; what was put into it is what counts.
      const made = await compileInto(dir, compiler, { target: OTHER, name: "lumenlog-linux-arm64" });
      const engines = machinesOf(await Deno.readFile(made));
      assert(engines.includes(ARM64), `machines of the native parts inside: ${engines.join(", ")}`);
      assertEquals((await Deno.stat(made)).mode! & 0o111, 0o111, "it may be run");
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

/** The machines of every ELF file in these bytes. */
function machinesOf(bytes: Uint8Array): readonly number[] {
  const machines: number[] = [];
  const magic = [0x7f, 0x45, 0x4c, 0x46];
  for (let at = bytes.indexOf(magic[0]!); at !== -1; at = bytes.indexOf(magic[0]!, at + 1)) {
    if (magic.every((byte, i) => bytes[at + i] === byte)) machines.push(bytes[at + MACHINE_AT] ?? 0);
  }
  return machines;
}
