import { CATEGORIES, type Filter, SEVERITIES } from "../../src/audit/mod.ts";
import { type TestEngine, withEngine } from "../support/engine.ts";
import { createRandom, type Random } from "../support/random.ts";
import { assertFinds, assertOnRecord, assertSound, awake, type Row } from "./removal_checks.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ACTORS = ["desk", "phone", "system"];
const TYPES = ["device", "gradient", null];
const WORDS = ["Straße", "100%", "a_b", "Desk lamp", "💡💡", "x"];
const LIMITS = [100, 150, 700, 2500, null];
const DAYS = [1, 3, 30, null];

/** Some entries, from a clock that mostly goes on, sometimes leaps, and steps back. */
async function write(engine: TestEngine, random: Random, clock: { ms: number }): Promise<void> {
  const count = random.pick([1, 20, 400, 2600]);
  await engine.recorder.change((tx) => {
    for (let i = 0; i < count; i++) {
      clock.ms += random.chance(0.01) ? -random.int(2 * HOUR) : random.int(20_000);
      const type = random.pick(TYPES);
      tx.record(random.pick(CATEGORIES), `act.${random.int(4)}`, {
        severity: random.pick(SEVERITIES),
        actor: random.pick(ACTORS),
        ...(type ? { entityType: type, entityId: `e${random.int(5)}`, entityName: random.pick(WORDS) } : {}),
        message: `${random.pick(WORDS)} ${i}`,
      });
    }
    return Promise.resolve();
  });
}

async function act(engine: TestEngine, random: Random, clock: { ms: number }): Promise<void> {
  const what = random.int(10);
  if (what < 4) await write(engine, random, clock);
  else if (what < 6) await engine.retention.run();
  else if (what < 7) await engine.settings.change({ maxEntries: random.pick(LIMITS), maxDays: random.pick(DAYS) });
  else if (what < 8) clock.ms += random.pick([HOUR, 20 * HOUR, 2 * DAY, -3 * DAY]);
  else if (what < 9) { for (let i = random.int(12); i > 0; i--) await engine.textIndex.step(); }
  else if (random.chance(0.5)) await engine.clear();
}

function randomFilter(random: Random, rows: readonly Row[]): Filter {
  const at = () => random.pick(rows).ts;
  const [since, until] = [at(), at()].sort();
  return {
    ...(random.chance(0.3) ? { severities: random.some(SEVERITIES, 0.5) } : {}),
    ...(random.chance(0.3) ? { actor: random.pick(ACTORS) } : {}),
    ...(random.chance(0.3) ? { entityId: `e${random.int(6)}` } : {}),
    ...(random.chance(0.4) ? { since: since!, until: until! } : {}),
    ...(random.chance(0.4) ? { q: random.pick(["strasse", "100%", "DESK", "💡", "x 1", "none"]) } : {}),
  };
}

for (const seed of [1, 2, 3, 4]) {
  Deno.test(`whatever is written, removed and cleared in whatever order, the log is sound (seed ${seed})`, () => {
    const random = createRandom(seed);
    const clock = { ms: Date.UTC(2026, 0, 1) };
    return withEngine(async (engine) => {
      for (let round = 0; round < 25; round++) {
        // Several at once: they meet in the lane in any order.
        await awake(Promise.all([act(engine, random, clock), act(engine, random, clock), act(engine, random, clock)]));
        await engine.blockIndex.catchUp();
        await awake(engine.retention.run());
        if (engine.retention.lastError() !== undefined) throw engine.retention.lastError();
        const rows = await assertSound(engine);
        await assertOnRecord(engine);
        for (let i = 0; i < 4 && rows.length > 0; i++) await assertFinds(engine, rows, randomFilter(random, rows));
      }
    }, { clock: { now: () => clock.ms }, budget: { page: 1e9, count: 1e9 } });
  });
}
