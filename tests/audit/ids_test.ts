import { assert, assertEquals, assertMatch } from "@std/assert";
import { type Entry, seqOfEntryId } from "../../src/audit/mod.ts";
import { createEntryIds } from "../../src/audit/ids.ts";
import { readRowsAfter } from "../../src/audit/query_sql.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { withEngine } from "../support/engine.ts";

const SEQS = [0, 1, 31, 32, 33, 1023, 1024, 999_999, 1_000_000, 2 ** 32, 2 ** 45, 2 ** 50 - 1];

Deno.test("an id tells its seq, and ids sort as text the way their seqs do", () => {
  const idOf = createEntryIds(systemPorts().entropy);
  const ids = SEQS.map(idOf);
  for (const id of ids) assertMatch(id, /^al_[0-9A-HJKMNP-TV-Z]{26}$/);
  assertEquals(ids.map(seqOfEntryId), SEQS);
  assertEquals([...ids].sort(), ids);
});

Deno.test("two ids of one seq differ, so that two logs do not share an id", () => {
  const idOf = createEntryIds(systemPorts().entropy);
  assertEquals(new Set(Array.from({ length: 2000 }, () => idOf(7))).size, 2000);
});

Deno.test("what is no entry id has no seq", () => {
  const good = createEntryIds(systemPorts().entropy)(5);
  for (
    const id of ["", "al_", good.slice(1), good.slice(0, -1), `${good}0`, good.toLowerCase(), `de_${good.slice(3)}`]
  ) {
    assertEquals(seqOfEntryId(id), undefined, id);
  }
  assertEquals(seqOfEntryId(`al_${"I".repeat(26)}`), undefined, "I is not in the alphabet");
});

Deno.test("ids ascend with seq also when the clock steps back, and the time stays what the clock said", async () => {
  let now = Date.UTC(2026, 5, 1);
  const times: string[] = [];
  await withEngine(async ({ recorder, sql }) => {
    for (const step of [1000, -3_600_000, 0, 5, -86_400_000, 60_000]) {
      now += step;
      times.push(new Date(now).toISOString());
      await recorder.change((tx) => Promise.resolve(tx.record("system", "tick")));
    }
    // Our own canonical text.
    const entries = (await readRowsAfter(sql, 0, 100)).map((row) => JSON.parse(row.entry) as Entry);
    const ids = entries.map((entry) => entry.id);
    assertEquals([...ids].sort(), ids);
    assertEquals(entries.map((entry) => entry.ts), times);
    assert(entries[1]!.ts < entries[0]!.ts);
  }, { clock: { now: () => now } });
});
