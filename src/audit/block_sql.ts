import type { Tx } from "./ports.ts";

/** As many seqs as are indexed together. */
export const BLOCK = 2048;

/** Adds a block's entries to the counts of their units of time. */
const rollUp = (unitAndStart: string) =>
  `INSERT INTO activity_rollup (unit, start, kind, severity, n)
   SELECT ${unitAndStart}, kind, severity, count(*) FROM activity_log JOIN activity_kind USING (kind)
   WHERE seq BETWEEN ? AND ? GROUP BY 2, 3
   ON CONFLICT (unit, start, kind) DO UPDATE SET n = n + excluded.n`;

/** Adds the entries of one block to the indexes, sorted, so that few pages are written; moves the position. */
export async function indexBlock(tx: Tx, from: number, to: number): Promise<void> {
  await tx.run(
    `INSERT INTO activity_by_kind (kind, seq)
     SELECT kind, seq FROM activity_log WHERE seq BETWEEN ? AND ? ORDER BY kind, seq`,
    [from, to],
  );
  await tx.run(
    `INSERT INTO activity_by_entity (entity_id, seq, kind)
     SELECT entity_id, seq, kind FROM activity_log WHERE seq BETWEEN ? AND ? AND entity_id IS NOT NULL
     ORDER BY entity_id, seq`,
    [from, to],
  );
  await tx.run(
    `INSERT INTO activity_block (block, min_ts, max_ts)
     SELECT * FROM (SELECT ?, min(ts) AS min_ts, max(ts) AS max_ts FROM activity_log WHERE seq BETWEEN ? AND ?)
     WHERE min_ts IS NOT NULL`,
    [Math.floor(to / BLOCK), from, to],
  );
  await tx.run(rollUp("'hour', unixepoch(substr(ts, 1, 13) || ':00:00')"), [from, to]);
  await tx.run(rollUp("'day', unixepoch(substr(ts, 1, 10))"), [from, to]);
  await tx.run("UPDATE activity_state SET indexed_seq = ? WHERE id = 1", [to]);
}
