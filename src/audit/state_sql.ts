import type { Reader } from "./ports.ts";

export interface LogState {
  /** The highest `seq` that was ever used. */
  readonly head: number;
  readonly enabled: boolean;
}

/** The place of the last entry and whether the log is on. */
export async function readLogState(sql: Reader): Promise<LogState> {
  const row = await sql.get<{ head: number; enabled: number }>(
    `SELECT max(floor_seq, coalesce((SELECT max(seq) FROM activity_log), 0)) AS head, enabled
     FROM activity_state WHERE id = 1`,
  );
  if (!row) {
    throw new Error(
      "Cannot read the state of the activity log: its row is missing",
    );
  }
  return { head: row.head, enabled: row.enabled === 1 };
}

/** The name of this log: another database, or a log that was begun anew, has another. */
export async function readLogId(sql: Reader): Promise<string> {
  const row = await sql.get<{ log_id: string }>(
    "SELECT log_id FROM activity_state WHERE id = 1",
  );
  if (!row) {
    throw new Error(
      "Cannot read the name of the activity log: its row is missing",
    );
  }
  return row.log_id;
}

/** Where the log begins and ends, and how far its indexes by kind, entity and time are; `high` below `low` when it is empty. */
export interface LogPlace {
  readonly low: number;
  readonly high: number;
  /** The highest seq that was ever removed. */
  readonly floor: number;
  readonly indexed: number;
}

export async function readPlace(sql: Reader): Promise<LogPlace> {
  const row = await sql.get<LogPlace>(
    `SELECT coalesce((SELECT min(seq) FROM activity_log), floor_seq + 1) AS low,
       coalesce((SELECT max(seq) FROM activity_log), floor_seq) AS high,
       floor_seq AS floor, indexed_seq AS indexed
     FROM activity_state WHERE id = 1`,
  );
  if (!row) throw new Error("Cannot read the state of the activity log: its row is missing");
  return row;
}
