import { Refusal } from "../base/errors.ts";
import type { DatabaseFacts } from "../sql/inspection.ts";
import { Unsound } from "./failures.ts";
import type { BackupFolder } from "./folder.ts";
import { roomIn } from "./room.ts";
import type { BackupTools } from "./tools.ts";

/** What is real packs far less well than what is made to fill disks. */
const MOST_TIMES = 200;
const ALWAYS_ALLOWED = 64 * 1024 * 1024;
const MOST_BYTES = 16 * 1024 ** 3;

const GZIP = [0x1f, 0x8b];
const SQLITE = [..."SQLite format 3\0"].map((character) => character.charCodeAt(0));

/** Where the header of a database says how it is written: 2 for a write-ahead log beside it, 1 for none. */
const VERSIONS_AT = 18;

interface Deps {
  readonly folder: BackupFolder;
  readonly tools: BackupTools;
  readonly signal: AbortSignal;
}

/**
 * Puts the database that is in the file, packed or not, into another one and verifies it. Rejects with `Unsound` when it is
 * none that this version could use.
 */
export async function openContents({ folder, tools, signal }: Deps, from: string, to: string): Promise<DatabaseFacts> {
  const start = [...await folder.head(from, SQLITE.length)];
  if (startsWith(start, GZIP)) await unpacked({ folder, tools, signal }, from, to);
  else if (startsWith(start, SQLITE)) await copied(folder, from, to);
  else throw new Unsound(start.length === 0 ? "it is empty" : "it is neither a gzip file nor a database");
  await withoutLogBeside(folder, to);
  const inspection = await tools.inspect(to, signal);
  if (!inspection.ok) throw new Unsound(inspection.reason);
  return inspection.facts;
}

const startsWith = (bytes: readonly number[], start: readonly number[]) =>
  start.every((byte, index) => bytes[index] === byte);

async function unpacked({ folder, tools, signal }: Deps, from: string, to: string): Promise<void> {
  const room = await roomIn(folder);
  const sane = Math.min(MOST_BYTES, (await folder.sizeOf(from)) * MOST_TIMES + ALWAYS_ALLOWED);
  const outcome = await tools.unpack(from, to, { limit: Math.min(room, sane), signal });
  if (outcome.ok) return;
  if (outcome.tooLarge && room < sane) throw notEnough();
  throw new Unsound(outcome.reason);
}

async function copied(folder: BackupFolder, from: string, to: string): Promise<void> {
  if (await roomIn(folder) < await folder.sizeOf(from)) throw notEnough();
  await folder.copy(from, to);
}

/** A file from a stopped server says that a log may lie beside it; there is none, and none shall appear. */
async function withoutLogBeside(folder: BackupFolder, path: string): Promise<void> {
  const [read, write] = (await folder.head(path, VERSIONS_AT + 2)).slice(VERSIONS_AT);
  if (read === 2 && write === 2) await folder.patch(path, VERSIONS_AT, new Uint8Array([1, 1]));
}

const notEnough = () => new Refusal("unavailable", "Cannot unpack it: there is not enough room on the disk");
