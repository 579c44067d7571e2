import type { Reader, Tx } from "./ports.ts";

/** Pages of the file that hold nothing. */
export async function readFreePages(sql: Reader): Promise<number> {
  return (await sql.get<{ freelist_count: number }>("PRAGMA freelist_count"))?.freelist_count ?? 0;
}

/** Takes pages that hold nothing from the end of the file. It works a page a step, so all of its steps are asked for. */
export async function vacuumPages(tx: Tx): Promise<void> {
  await tx.all("PRAGMA incremental_vacuum(128)");
}

/** Moves what was committed into the database file, beside the writers. */
export async function checkpointBeside(sql: Reader): Promise<void> {
  await sql.all("PRAGMA wal_checkpoint(PASSIVE)");
}

/** Empties the write-ahead log as well: quick right after the above, for writers wait for it. */
export async function truncateLog(sql: Reader): Promise<void> {
  await sql.all("PRAGMA wal_checkpoint(TRUNCATE)");
}
