import { assert, assertEquals } from "@std/assert";
import { CATEGORIES, type Entry, entryTest, type Filter, SEVERITIES } from "../../src/audit/mod.ts";
import { readRowsAfter } from "../../src/audit/query_sql.ts";
import { type TestEngine, withEngine } from "../support/engine.ts";
import { createRandom, type Random } from "../support/random.ts";

const ACTORS = ["desk", "phone", "system", "anonymous"];
const TYPES = ["device", "gradient", "scene_preset", null];
const WORDS = ["Straße", "İstanbul", "100%", "a_b", "ΟΔΟΣ", "Desk lamp", "💡💡", "x"];

async function fill(engine: TestEngine, random: Random, clock: { ms: number }, count: number) {
  for (let i = 0; i < count; i++) {
    clock.ms += random.chance(0.02) ? -random.int(7_200_000) : random.int(60_000);
    const type = random.pick(TYPES);
    engine.recorder.record(random.pick(CATEGORIES), `act.${random.int(6)}`, {
      severity: random.pick(SEVERITIES),
      actor: random.pick(ACTORS),
      ...(type ? { entityType: type, entityId: `e${random.int(9)}`, entityName: random.pick(WORDS) } : {}),
      message: `${random.pick(WORDS)} ${random.pick(WORDS)} ${i}`,
      metadata: random.chance(0.3) ? { note: random.pick(WORDS), n: i } : {},
    });
    if (i % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await engine.recorder.stop();
}

function randomFilter(random: Random, entries: readonly Entry[]): Filter {
  const at = () => random.pick(entries).ts;
  const [a, b] = [at(), at()].sort();
  return {
    ...(random.chance(0.4) ? { categories: random.some(CATEGORIES, 0.4) } : {}),
    ...(random.chance(0.3) ? { severities: random.some(SEVERITIES, 0.5) } : {}),
    ...(random.chance(0.3) ? { actor: random.pick([...ACTORS, "nobody"]) } : {}),
    ...(random.chance(0.3) ? { entityType: random.pick(["device", "gradient", "ghost"]) } : {}),
    ...(random.chance(0.3) ? { entityId: `e${random.int(10)}` } : {}),
    ...(random.chance(0.3) ? { since: a! } : {}),
    ...(random.chance(0.3) ? { until: b! } : {}),
    ...(random.chance(0.4)
      ? { q: random.pick(["strasse", "i̇stan", "100%", "A_B", "οδος", "DESK", "💡", "x", "99", "none", "_", "act.3"]) }
      : {}),
  };
}

/** All pages of a filter, put together. */
async function collect(engine: TestEngine, filter: Filter, limit: number) {
  const ids: string[] = [];
  let before: number | undefined;
  let total = -1;
  for (;;) {
    const page = await engine.query.page({ filter, limit, ...(before === undefined ? {} : { beforeSeq: before }) });
    const entries = JSON.parse(page.entriesText) as Entry[];
    assert(entries.length <= limit);
    ids.push(...entries.map((entry) => entry.id));
    if (!page.totalCapped) total = page.total;
    if (page.nextBeforeSeq === null) return { ids, total };
    assert(before === undefined || page.nextBeforeSeq < before, "pages go backwards");
    before = page.nextBeforeSeq;
  }
}

const clockFrom = (clock: { ms: number }) => ({ now: () => clock.ms });

for (const seed of [1, 2, 3]) {
  Deno.test(`every filter finds exactly what a look at each entry finds (seed ${seed})`, async () => {
    const random = createRandom(seed);
    const clock = { ms: Date.UTC(2026, 0, 1) };
    await withEngine(async (engine) => {
      await fill(engine, random, clock, 4000);
      const stop = random.int(3) * 1500; // the text index may be anywhere
      for (let i = 0; i < stop / 128; i++) await engine.textIndex.step();
      const rows = await readRowsAfter(engine.sql, 0, 10_000);
      const entries = rows.map((row) => JSON.parse(row.entry) as Entry).reverse();
      for (let round = 0; round < 60; round++) {
        const filter = randomFilter(random, entries);
        const expected = entries.filter(entryTest(filter)).map((entry) => entry.id);
        const found = await collect(engine, filter, 1 + random.int(200));
        assertEquals(found.ids, expected, JSON.stringify(filter));
        if (found.total >= 0) assertEquals(found.total, expected.length, JSON.stringify(filter));
      }
    }, { clock: clockFrom(clock), budget: { page: 1e9, count: 1e9 } });
  });
}

Deno.test("a search that stops at its budget says so and goes on to the complete result", async () => {
  const clock = { ms: Date.UTC(2026, 0, 1) };
  await withEngine(async (engine) => {
    for (let i = 0; i < 2000; i++) {
      engine.recorder.record("system", "tick", { message: i % 1000 === 3 ? "needle" : "hay" });
    }
    await engine.recorder.stop();
    const first = await engine.query.page({ filter: { q: "needle" }, limit: 50 });
    assertEquals([first.partial, first.totalCapped], [true, true]);
    assertEquals((await collect(engine, { q: "needle" }, 50)).ids.length, 2);
  }, { clock: clockFrom(clock), budget: { page: 0, count: 0 } });
});

Deno.test("every exact filter pages by an index, without sorting or scanning", () =>
  withEngine(async ({ sql }) => {
    const plans: Record<string, string> = {};
    const explain = async (name: string, text: string, args: (string | number)[]) => {
      const rows = await sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`, args);
      plans[name] = rows.map((row) => row.detail).join(" | ");
    };
    const kindPage =
      "SELECT seq FROM activity_by_kind WHERE kind = ? AND seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT 51";
    const entityPage = `SELECT seq FROM activity_by_entity WHERE entity_id = ? AND seq BETWEEN ? AND ?
      ORDER BY seq DESC LIMIT 51`;
    await explain(
      "newest",
      "SELECT seq, entry FROM activity_log WHERE seq BETWEEN ? AND ? ORDER BY seq DESC LIMIT 50",
      [
        1,
        9,
      ],
    );
    await explain("kind", kindPage, [1, 1, 9]);
    await explain("entity", entityPage, ["e", 1, 9]);
    assertEquals(plans, {
      newest: "SEARCH activity_log USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
      kind: "SEARCH activity_by_kind USING PRIMARY KEY (kind=? AND seq>? AND seq<?)",
      entity: "SEARCH activity_by_entity USING PRIMARY KEY (entity_id=? AND seq>? AND seq<?)",
    });
  }));
