import { assert } from "@std/assert";
import { isDiskFull } from "../../src/runtime/disk_full.ts";
import { pack, unpack } from "../../src/runtime/packed_file.ts";
import { dbPath } from "../support/engine.ts";
import { addEntity, openBackups, refusalOf, streamOf } from "./open_backups.ts";

/**
 * Run with SIGXFSZ ignored: every write past the size limit fails as on a disk without room. Prints what each attempt
 * came to, and what was left.
 */
const [dir] = Deno.args;
assert(dir);

async function limitFileSize(bytes: number | "unlimited"): Promise<void> {
  const { success, stderr } = await new Deno.Command("prlimit", {
    args: ["--pid", String(Deno.pid), `--fsize=${bytes}:`],
  }).output();
  assert(success, new TextDecoder().decode(stderr));
}

const opened = await openBackups(dir);
const { backups, engine, folder } = opened;
const noise = () => crypto.getRandomValues(new Uint8Array(60_000)).toHex();
for (let i = 0; i < 10; i++) await addEntity(engine, `n${i}`, noise());
const sound = await backups.make("manual");
const bytes = Deno.readFileSync(`${folder}/${sound.filename}`);

const outcomes: Record<string, string> = {};
const attempt = async (name: string, limit: number, work: () => Promise<unknown>) => {
  await limitFileSize(limit);
  const refused = await refusalOf(work());
  await limitFileSize("unlimited");
  const left = opened.names().filter((file) => file !== sound.filename);
  outcomes[name] = [refused, ...left].join(", left: ");
};
await attempt("a backup", 100_000, () => backups.make("manual"));
await attempt("a safety copy", 100_000, () => backups.keepCopy());
await attempt("an upload", bytes.length - 1000, () => backups.takeIn(streamOf(bytes)));
// Twice as large when it is unpacked: the noise is in hexadecimal digits.
await attempt("what is in an upload", Math.floor(bytes.length * 1.3), () => backups.takeIn(streamOf(bytes)));

// The packed file is smaller than the copy, so no limit of size stops it alone; this device is always full.
await pack(dbPath(dir), "/dev/full").catch((error: unknown) => outcomes["packing"] = String(isDiskFull(error)));
await unpack(`${folder}/${sound.filename}`, "/dev/full", { limit: 1e9 })
  .catch((error: unknown) => outcomes["unpacking"] = String(isDiskFull(error)));

await addEntity(engine, "afterwards");
outcomes["on record"] = (await opened.recorded()).map((line) => line.split(" ")[0]).join();
outcomes["afterwards"] = (await backups.make("manual")).kind;
outcomes["lost"] = String((await engine.health()).lost);
await opened.close();
console.log(JSON.stringify(outcomes));
