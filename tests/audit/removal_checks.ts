import { assert, assertEquals } from "@std/assert";
import { type Entry, entryTest, type Filter, seqOfEntryId } from "../../src/audit/mod.ts";
import type { Sql } from "../../src/audit/ports.ts";
import { readLastRemoval } from "../../src/audit/prune_sql.ts";
import { readPlace } from "../../src/audit/state_sql.ts";
import { readTextParts, readTextSeq } from "../../src/audit/text_sql.ts";
import { readRowsAfter } from "../../src/audit/query_sql.ts";
import type { TestEngine } from "../support/engine.ts";

export interface Row extends Entry {
  readonly seq: number;
}

export const rowsOf = async (sql: Sql): Promise<readonly Row[]> =>
  // Our own canonical text.
  (await readRowsAfter(sql, 0, 1_000_000)).map(({ seq, entry }) => ({ seq, ...JSON.parse(entry) as Entry }));

export const run = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Entries of one action, oldest first, with what they say. */
export const told = async (sql: Sql, action: string) =>
  (await rowsOf(sql)).filter((row) => row.action === action).map(({ seq, actor, metadata }) => ({
    seq,
    actor,
    metadata,
  }));

/** Counts anew what the roll-ups say of the rows that are indexed. */
const RECOUNT = `
SELECT 'hour' AS unit, unixepoch(substr(ts, 1, 13) || ':00:00') AS start, kind, severity, count(*) AS n
FROM activity_log JOIN activity_kind USING (kind)
WHERE seq <= (SELECT indexed_seq FROM activity_state) GROUP BY 2, 3
UNION ALL
SELECT 'day', unixepoch(substr(ts, 1, 10)) AS start, kind, severity, count(*)
FROM activity_log JOIN activity_kind USING (kind)
WHERE seq <= (SELECT indexed_seq FROM activity_state) GROUP BY 2, 3
ORDER BY 1, 2, 3`;

/** Everything that must hold of the log after any removal. */
export async function assertSound({ sql }: TestEngine): Promise<readonly Row[]> {
  const rows = await rowsOf(sql);
  const place = await readPlace(sql);
  const { low, high, floor, indexed } = place;
  const inText = await readTextSeq(sql);
  assertEquals(rows.map(({ seq }) => seq), run(low, high), "the rows are one run");
  assertEquals(rows.map(({ id }) => seqOfEntryId(id)), run(low, high), "ids are in step");
  assertEquals(floor, low - 1, "the floor is right below the lowest row");
  assert(indexed >= floor && inText >= floor, JSON.stringify(place));
  assert(high <= indexed + 4096, JSON.stringify(place));
  const seqs = async (text: string) => (await sql.all<{ seq: number }>(text)).map(({ seq }) => seq);
  assertEquals(await seqs("SELECT seq FROM activity_by_kind ORDER BY seq"), run(low, Math.min(high, indexed)));
  assertEquals(
    await seqs("SELECT seq FROM activity_by_entity ORDER BY seq"),
    rows.filter((row) => row.seq <= indexed && row.entity_id !== null).map(({ seq }) => seq),
  );
  const parts = (await readTextParts(sql, { low: 0, high: Number.MAX_SAFE_INTEGER })).toReversed();
  for (const [i, part] of parts.entries()) {
    assert(part.low <= part.high && part.high > floor, "a part whose rows are gone is not listed");
    if (i > 0) assert(part.low > parts[i - 1]!.high, "parts follow one another");
  }
  if (low <= inText && low <= high) assert((parts[0]?.low ?? Infinity) <= low, "the text of each row is in a part");
  if (low <= inText && low <= high) assert((parts.at(-1)?.high ?? 0) >= Math.min(high, inText));
  assertEquals(
    await sql.all("SELECT unit, start, kind, severity, n FROM activity_rollup ORDER BY unit, start, kind"),
    await sql.all(`SELECT * FROM (${RECOUNT}) ORDER BY unit, start, kind`),
    "the roll-ups are a recount",
  );
  for (const { block, min_ts, max_ts } of await blocksOf(sql)) {
    const inBlock = rows.filter(({ seq }) => Math.floor(seq / 2048) === block);
    assert(inBlock.length > 0, `nothing is left of block ${block}`);
    for (const { ts } of inBlock) assert(min_ts <= ts && ts <= max_ts, `block ${block}`);
  }
  return rows;
}

const blocksOf = (sql: Sql) =>
  sql.all<{ block: number; min_ts: string; max_ts: string }>("SELECT block, min_ts, max_ts FROM activity_block");

/** Every removal is on record, and the newest record reaches as far as the removals do. */
export async function assertOnRecord({ sql }: TestEngine): Promise<void> {
  const { floor } = await readPlace(sql);
  assertEquals((await readLastRemoval(sql))?.upTo ?? 0, floor);
}

/** What a filter finds, page by page, is what a look at each entry finds. */
export async function assertFinds(engine: TestEngine, rows: readonly Row[], filter: Filter): Promise<void> {
  const ids: string[] = [];
  for (let before: number | null = Number.MAX_SAFE_INTEGER; before !== null;) {
    const page = await engine.query.page({ filter, limit: 200, beforeSeq: before });
    // Our own canonical texts.
    ids.push(...(JSON.parse(page.entriesText) as Entry[]).map(({ id }) => id));
    before = page.nextBeforeSeq;
  }
  const expected = rows.filter(entryTest(filter)).map(({ id }) => id).toReversed();
  assertEquals(ids, expected, JSON.stringify(filter));
}

/** Many entries in few commits. */
export async function recordMany(engine: TestEngine, count: number, message = "x"): Promise<void> {
  for (let left = count; left > 0; left -= 1000) {
    await engine.recorder.change((tx) => {
      for (let i = 0; i < Math.min(left, 1000); i++) {
        tx.record("entity", "entity.updated", {
          entityType: "device",
          entityId: `dev_${i % 7}`,
          entityName: "Desk",
          message: `${message} ${left - i}`,
        });
      }
      return Promise.resolve();
    });
  }
}

/** Awaits work whose pauses do not keep a process alive: in a test nothing else does. */
export async function awake<T>(work: Promise<T>): Promise<T> {
  const alive = setInterval(() => {}, 1000);
  try {
    return await work;
  } finally {
    clearInterval(alive);
  }
}
