import type { Reader, Tx } from "../audit/ports.ts";
import type { Check, ResourceType, Snapshot } from "./types.ts";

/** A snapshot as it is written; what comes before it is found by the order. */
export interface NewSnapshot extends Omit<Snapshot, "previousId"> {
  /** gzip of the text. */
  readonly packed: Uint8Array;
}

/** Of a device, the snapshots of one type: those of another say nothing about these. */
const PREVIOUS = `SELECT before.id FROM config_snapshot AS before
  WHERE before.device_id = this.device_id AND before.resource_type = this.resource_type AND before.seq < this.seq
  ORDER BY before.seq DESC LIMIT 1`;

const COLUMNS = `this.id, this.device_id AS deviceId, this.device_name AS deviceName,
  this.resource_type AS resourceType, this.sha256, this.size, this.normaliser, this."trigger",
  this.created_at AS createdAt, this.lines_added AS linesAdded, this.lines_removed AS linesRemoved, this.changes,
  (${PREVIOUS}) AS previousId`;

/** Without what came before there is nothing that it changed. */
const toSnapshot = (row: Snapshot): Snapshot =>
  row.previousId === null ? { ...row, linesAdded: null, linesRemoved: null, changes: null } : row;

/** Newest first. */
export async function listSnapshots(sql: Reader, deviceId: string, limit: number): Promise<readonly Snapshot[]> {
  const rows = await sql.all<Snapshot>(
    `SELECT ${COLUMNS} FROM config_snapshot AS this WHERE this.device_id = ? ORDER BY this.seq DESC LIMIT ?`,
    [deviceId, limit],
  );
  return rows.map(toSnapshot);
}

export async function countSnapshots(sql: Reader, deviceId: string): Promise<number> {
  const row = await sql.get<{ n: number }>("SELECT count(*) AS n FROM config_snapshot WHERE device_id = ?", [deviceId]);
  return row?.n ?? 0;
}

export async function findSnapshot(sql: Reader, deviceId: string, id: string): Promise<Snapshot | undefined> {
  const row = await sql.get<Snapshot>(
    `SELECT ${COLUMNS} FROM config_snapshot AS this WHERE this.id = ? AND this.device_id = ?`,
    [id, deviceId],
  );
  return row && toSnapshot(row);
}

export async function findLatest(sql: Reader, deviceId: string, type: ResourceType): Promise<Snapshot | undefined> {
  const row = await sql.get<Snapshot>(
    `SELECT ${COLUMNS} FROM config_snapshot AS this
     WHERE this.device_id = ? AND this.resource_type = ? ORDER BY this.seq DESC LIMIT 1`,
    [deviceId, type],
  );
  return row && toSnapshot(row);
}

/** The text as it is stored: gzip. */
export async function readPacked(sql: Reader, id: string): Promise<Uint8Array | undefined> {
  const row = await sql.get<{ text: Uint8Array }>("SELECT text FROM config_snapshot WHERE id = ?", [id]);
  return row?.text;
}

export async function insertSnapshot(tx: Tx, snapshot: NewSnapshot): Promise<void> {
  await tx.run(
    `INSERT INTO config_snapshot (id, device_id, device_name, resource_type, sha256, size, normaliser, "trigger",
       created_at, lines_added, lines_removed, changes, text)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      snapshot.id,
      snapshot.deviceId,
      snapshot.deviceName,
      snapshot.resourceType,
      snapshot.sha256,
      snapshot.size,
      snapshot.normaliser,
      snapshot.trigger,
      snapshot.createdAt,
      snapshot.linesAdded,
      snapshot.linesRemoved,
      snapshot.changes,
      snapshot.packed,
    ],
  );
}

export async function findCheck(sql: Reader, deviceId: string): Promise<Check | undefined> {
  return await sql.get<Check>(
    "SELECT checked_at AS checkedAt, outcome, problem, failures FROM config_check WHERE device_id = ?",
    [deviceId],
  );
}

/** Of every device, by its id. */
export async function readChecks(sql: Reader): Promise<ReadonlyMap<string, Check>> {
  const rows = await sql.all<Check & { deviceId: string }>(
    "SELECT device_id AS deviceId, checked_at AS checkedAt, outcome, problem, failures FROM config_check",
  );
  return new Map(rows.map(({ deviceId, ...check }) => [deviceId, check]));
}

export async function writeCheck(tx: Tx, deviceId: string, check: Check): Promise<void> {
  await tx.run(
    `INSERT INTO config_check (device_id, checked_at, outcome, problem, failures) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (device_id) DO UPDATE SET checked_at = excluded.checked_at, outcome = excluded.outcome,
       problem = excluded.problem, failures = excluded.failures`,
    [deviceId, check.checkedAt, check.outcome, check.problem, check.failures],
  );
}

/** When old snapshots were last removed, and since when the clock has been steady after a leap; milliseconds since 1970. */
export interface RemovalTimes {
  readonly runAt: number | null;
  /** Null while the clock can be trusted. */
  readonly steadySince: number | null;
}

export async function readRemovalTimes(sql: Reader): Promise<RemovalTimes> {
  const row = await sql.get<RemovalTimes>(
    "SELECT run_at AS runAt, steady_since AS steadySince FROM config_removal WHERE id = 1",
  );
  return row ?? { runAt: null, steadySince: null };
}

export async function writeRemovalTimes(tx: Tx, { runAt, steadySince }: RemovalTimes): Promise<void> {
  await tx.run("UPDATE config_removal SET run_at = ?, steady_since = ? WHERE id = 1", [runAt, steadySince]);
}

/** Removes what was stored before that time, but never the newest of a device that there is; a few in one go. */
export async function removeOlder(tx: Tx, before: string, most: number): Promise<number> {
  const old = await tx.all<{ seq: number }>(
    `SELECT this.seq FROM config_snapshot AS this
     WHERE this.created_at < ? AND (
       NOT EXISTS (SELECT 1 FROM entity WHERE entity.id = this.device_id)
       OR EXISTS (SELECT 1 FROM config_snapshot AS later
         WHERE later.device_id = this.device_id AND later.resource_type = this.resource_type AND later.seq > this.seq))
     ORDER BY this.created_at LIMIT ?`,
    [before, most],
  );
  if (old.length === 0) return 0;
  await tx.run("DELETE FROM config_snapshot WHERE seq IN (SELECT value FROM json_each(?))", [
    JSON.stringify(old.map(({ seq }) => seq)),
  ]);
  return old.length;
}

/** Removes what is known of looks at devices that are gone. */
export async function removeLostChecks(tx: Tx): Promise<void> {
  await tx.run("DELETE FROM config_check WHERE NOT EXISTS (SELECT 1 FROM entity WHERE entity.id = device_id)");
}
