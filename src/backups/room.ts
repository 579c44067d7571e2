import { Refusal } from "../base/errors.ts";
import type { BackupFolder } from "./folder.ts";

/** Bytes that stay free, so that the log itself can always be written. */
const RESERVE = 64 * 1024 * 1024;

/** Bytes that may be written; Infinity when nobody can tell. */
export async function roomIn(folder: Pick<BackupFolder, "free">): Promise<number> {
  const free = await folder.free();
  return free === undefined ? Infinity : Math.max(0, free - RESERVE);
}

/** Throws a Refusal when there is not that much room; `what` as in "Cannot make a backup". */
export async function demandRoom(folder: Pick<BackupFolder, "free">, bytes: number, what: string): Promise<void> {
  const room = await roomIn(folder);
  if (room >= bytes) return;
  throw new Refusal(
    "unavailable",
    `Cannot ${what}: the disk is full: it may take ${megabytes(bytes)} MB, and ${megabytes(room)} MB are free`,
  );
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1_000_000);
