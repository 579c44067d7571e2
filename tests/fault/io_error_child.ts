import { assert } from "@std/assert";
import { dbPath } from "../support/engine.ts";
import { runFaultTable } from "./table.ts";

/**
 * Run with SIGXFSZ ignored: every write past the size limit fails, as on a broken disk. The limit is set to where the
 * write-ahead log ends, so that the next commit meets it.
 */
const [dir] = Deno.args;
assert(dir);

async function limitFileSize(bytes: number | "unlimited"): Promise<void> {
  const { success, stderr } = await new Deno.Command("prlimit", {
    args: ["--pid", String(Deno.pid), `--fsize=${bytes}:`],
  }).output();
  assert(success, new TextDecoder().decode(stderr));
}

const outcomes = await runFaultTable(dir, {
  begin: async () => await limitFileSize((await Deno.stat(`${dbPath(dir)}-wal`)).size),
  end: () => limitFileSize("unlimited"),
});
console.log(JSON.stringify(outcomes));
