import { closeSync, existsSync, linkSync, openSync, readSync, renameSync, rmSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { dirname } from "node:path";
import { carryEntries } from "../sql/undone_update.ts";
import { unpack } from "./packed_file.ts";
import { openAlone } from "./restore_connection.ts";
import { syncFolder } from "./update_files.ts";
import { undoneUpdate } from "./update_marker.ts";

/** An update that may have been undone, and the database file that its version may have changed. */
export interface UndoneDatabase {
  readonly dataDir: string;
  /** The version that runs. */
  readonly version: string;
  readonly path: string;
}

const waitingOf = (path: string) => `${path}.restored`;

/**
 * For a version that was put back and cannot use the database, because the newer one has changed its schema: makes what
 * `takeRestored` takes at the next start, from the copy that was made before the update and the entries that came after.
 * False when no update was undone, or it left no copy. Rejects with the database as it is.
 */
export async function prepareRestored({ dataDir, version, path }: UndoneDatabase): Promise<boolean> {
  const copy = undoneUpdate(dataDir, version)?.copy ?? null;
  if (copy === null || !existsSync(copy)) return false;
  const part = `${waitingOf(path)}.part`;
  try {
    if (isPacked(copy)) {
      const unpacked = await unpack(copy, part, { limit: Infinity });
      if (!unpacked.ok) throw new Error(`Cannot use the copy that was made before the update: ${unpacked.reason}`);
    } else await copyFile(copy, part);
    await fillUp(part, path);
    renameSync(part, waitingOf(path));
    syncFolder(dirname(path));
    return true;
  } finally {
    rmSync(part, { force: true });
  }
}

/** By the first two bytes of gzip; a database begins with its own name. */
function isPacked(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const head = new Uint8Array(2);
    readSync(file, head, 0, 2, 0);
    return head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    closeSync(file);
  }
}

async function fillUp(copy: string, newer: string): Promise<void> {
  const db = await openAlone(copy);
  try {
    await db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL");
    await db.tx.run("ATTACH DATABASE ? AS newer", [newer]);
    await db.exec("BEGIN IMMEDIATE");
    await carryEntries(db.tx);
    await db.exec("COMMIT");
    await db.exec("DETACH DATABASE newer");
  } finally {
    db.close();
  }
}

/**
 * To be called in a process that has not yet opened the database, and holds the data directory: a connection that is
 * closed late would remove what belongs to the other file. Puts what was prepared in the place of the database, which is kept
 * beside it under the newer version's name. May be cut anywhere, and goes on the next time. Throws what the file system refuses.
 */
export function takeRestored({ dataDir, version, path }: UndoneDatabase): void {
  const waiting = waitingOf(path);
  if (!existsSync(waiting)) return;
  const marker = undoneUpdate(dataDir, version);
  if (marker === undefined) return rmSync(waiting, { force: true });
  const aside = `${path}.${marker.to}`;
  if (existsSync(path)) {
    rmSync(aside, { force: true });
    linkSync(path, aside); // there is a database under its name at every moment
  }
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  rmSync(`${path}-shm`, { force: true });
  renameSync(waiting, path);
  syncFolder(dirname(path));
}
