import type { Tx } from "../audit/ports.ts";

const HEAD = `max(floor_seq, coalesce((SELECT max(seq) FROM main.activity_log), 0))`;

/**
 * Carries the entries over that a copy does not have: `main` is the copy as it was before an update, `newer` what became of
 * the database since. Numbers of kinds may differ, so they go by what they mean. Resolves with how many these were.
 * Rejects when they would leave a gap, or when the newer version keeps them in another way.
 */
export async function carryEntries(tx: Tx): Promise<number> {
  const bounds = await tx.get<{ head: number; low: number | null; high: number | null }>(
    `SELECT ${HEAD} AS head,
       (SELECT min(seq) FROM newer.activity_log WHERE seq > ${HEAD}) AS low,
       (SELECT max(seq) FROM newer.activity_log) AS high
     FROM main.activity_state WHERE id = 1`,
  );
  const { head = 0, low = null, high = null } = bounds ?? {};
  if (low === null || high === null) return 0;
  if (low !== head + 1) throw new Error(`Cannot carry entries over: the first of them is ${low}, not ${head + 1}`);
  await tx.run(
    `INSERT OR IGNORE INTO main.activity_kind (category, action, severity, actor, entity_type)
     SELECT category, action, severity, actor, entity_type FROM newer.activity_kind
     WHERE kind IN (SELECT kind FROM newer.activity_log WHERE seq >= CAST(? AS INTEGER))`,
    [low],
  );
  await tx.run(
    `INSERT INTO main.activity_log (seq, kind, entry, entity_id)
     SELECT log.seq, here.kind, log.entry, log.entity_id
     FROM newer.activity_log AS log
     JOIN newer.activity_kind AS there ON there.kind = log.kind
     JOIN main.activity_kind AS here USING (category, action, severity, actor, entity_type)
     WHERE log.seq >= CAST(? AS INTEGER) ORDER BY log.seq`,
    [low],
  );
  const carried = await tx.get<{ n: number }>(
    "SELECT count(*) AS n FROM main.activity_log WHERE seq >= CAST(? AS INTEGER)",
    [low],
  );
  if (carried?.n !== high - head) throw new Error("Cannot carry entries over: some are not there");
  return high - head;
}
