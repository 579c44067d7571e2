import type { Tx } from "../audit/ports.ts";
import { type LoneConnection, openAlone } from "./restore_connection.ts";

/**
 * Runs the work in one transaction on a database file that nobody else uses, another file attached as `backup`. Its COMMIT
 * is durable and the one moment at which anything changes: before it, whatever happens to this process or the disk, the
 * file is as it was. Rejects as the work does or with the database's error.
 */
export async function exchangeBetween<T>(path: string, backup: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const db = await openAlone(path);
  try {
    await db.exec("PRAGMA synchronous = FULL; PRAGMA cache_size = -64000");
    await db.tx.run("ATTACH DATABASE ? AS backup", [backup]);
    return await inTransaction(db, work);
  } finally {
    await letGo(db);
    db.close();
  }
}

async function inTransaction<T>(db: LoneConnection, work: (tx: Tx) => Promise<T>): Promise<T> {
  await db.exec("BEGIN IMMEDIATE");
  try {
    const value = await work(db.tx);
    const [broken] = await db.tx.all("PRAGMA main.foreign_key_check");
    if (broken !== undefined) {
      throw new Error(`Cannot restore: a reference of ${String(broken["table"])} leads nowhere`);
    }
    await db.exec("COMMIT");
    return value;
  } catch (error) {
    if (db.inTransaction) await db.exec("ROLLBACK");
    throw error;
  }
}

/**
 * Empties the write-ahead log, which may be as large as the database, while nobody waits for it; and lets go of the other
 * file, which the driver would hold until its statements are collected. What fails here is done again by the next opening.
 */
async function letGo(db: LoneConnection): Promise<void> {
  for (const step of ["PRAGMA main.wal_checkpoint(TRUNCATE)", "DETACH DATABASE backup"]) {
    await db.exec(step).catch(() => undefined);
  }
}
