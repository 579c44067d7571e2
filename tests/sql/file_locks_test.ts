import { assert, assertEquals } from "@std/assert";
import { dbPath, withEngine } from "../support/engine.ts";

/** The locks that a process holds on a file, as the kernel lists them. */
async function locksOn(path: string): Promise<readonly string[]> {
  const { ino } = await Deno.stat(path);
  const { stdout } = await new Deno.Command("cat", { args: ["/proc/locks"], stdout: "piped" }).output();
  const lines = new TextDecoder().decode(stdout).split("\n");
  return lines.filter((line) => line.includes(`:${ino} `) && line.includes(` ${Deno.pid} `));
}

const elsewhere = Deno.build.os !== "linux";
const note = elsewhere ? " [SKIPPED: only Linux lists the locks of a process]" : "";

Deno.test({
  name: `while the database is open, its file stays locked, so that nobody removes the write-ahead log${note}`,
  ignore: elsewhere,
  fn: () =>
    withEngine(async ({ recorder, sql }, dir) => {
      await recorder.change((tx) => Promise.resolve(tx.record("system", "tick")));
      assertEquals((await sql.background.all("SELECT 1")).length, 1); // now every connection is open
      assert((await locksOn(dbPath(dir))).length > 0, "some connection holds its lock");
    }),
});
