import { assert, assertEquals } from "@std/assert";
import { filePlace } from "../support/engine.ts";
import {
  type FaultyEngine,
  lossesOnRecord,
  openFaultyEngine,
  readSoundLog,
  reopenAndGoOn,
  until,
  untilLossesAreRecorded,
} from "../support/faults.ts";

/** A way to make storage fail, and to mend it. */
export interface Fault {
  begin(engine: FaultyEngine): Promise<void> | void;
  end(engine: FaultyEngine): Promise<void> | void;
}

/** One kind of write: it rejects when its caller is told of a failure. */
interface Write {
  /** The entries that it records. */
  readonly entries: number;
  run(engine: FaultyEngine, id: number): Promise<unknown>;
}

const change = (entries: number, bytes: number): Write => ({
  entries,
  run: ({ recorder }, id) =>
    recorder.change(async (tx) => {
      await tx.run("INSERT INTO thing (id, value) VALUES (?, ?)", [id, new Uint8Array(bytes)]);
      for (let i = 1; i <= entries; i++) tx.record("entity", "entity.created", { message: `thing ${id} entry ${i}` });
    }),
});

const WRITES = {
  "an entry alone": { entries: 1, run: (engine, id) => engine.recordOne(`alone ${id}`) },
  "a small change with its entry": change(1, 1),
  "a large change with its entry": change(1, 20_000),
  "a change with two entries": change(2, 1),
  "a step of the text index": { entries: 0, run: (engine) => engine.textIndex.step() },
} satisfies Record<string, Write>;

export type WriteName = keyof typeof WRITES;
export type Outcome = "stored" | "refused" | "entries lost";
export type Outcomes = Readonly<Record<WriteName, Outcome>>;

// `satisfies` above keeps the names; this gives each its common type.
const TABLE = Object.entries(WRITES) as readonly (readonly [WriteName, Write])[];

/** Runs a write and holds what it came to: all of it, nothing of it, or the change without its entries. */
async function outcomeOf(engine: FaultyEngine, write: Write, id: number): Promise<Outcome> {
  const before = (await engine.health()).lost;
  const refused = await write.run(engine, id).then(() => false, () => true);
  const lost = (await engine.health()).lost - before;
  const applied = await engine.sql.get("SELECT id FROM thing WHERE id = ?", [id]) !== undefined;
  if (refused) {
    assertEquals({ lost, applied }, { lost: 0, applied: false }, "what was refused left a trace");
    return "refused";
  }
  assert(lost === 0 || lost === write.entries, `${lost} of ${write.entries} entries lost`);
  return lost > 0 ? "entries lost" : "stored";
}

/** Entries that the text index has yet to take, with more text than a page of the database holds. */
async function leaveWorkForTextIndex(engine: FaultyEngine): Promise<void> {
  const note = (from: number) => Array.from({ length: 120 }, (_, i) => String.fromCodePoint(from + i)).join("");
  const metadata = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`key ${i}`, note(0x4e00 + i * 120)]));
  await engine.recorder.change((tx) => Promise.resolve(tx.record("system", "long", { metadata })));
}

/**
 * The fault table: every kind of write while storage fails, one after the other and all in one turn; then storage
 * works again, losses come on record, every write is stored, and the database opens again and goes on.
 */
export async function runFaultTable(dir: string, fault: Fault): Promise<Outcomes> {
  const engine = await openFaultyEngine(dir);
  await engine.recordOne("before");
  await leaveWorkForTextIndex(engine);
  await fault.begin(engine);
  const outcomes: [WriteName, Outcome][] = [];
  for (const [index, [name, write]] of TABLE.entries()) {
    outcomes.push([name, await outcomeOf(engine, write, 100 + index)]);
  }
  const together = await Promise.allSettled(TABLE.map(([, write], index) => write.run(engine, 200 + index)));
  assert(together.some((outcome) => outcome.status === "rejected"));
  const waits = engine.waits();
  await until("recording the losses is tried again", () => engine.waits() > waits + 3);
  const failing = await engine.health();
  assertEquals([failing.unrecorded, failing.storing], [failing.lost, false]);
  await fault.end(engine);
  await untilLossesAreRecorded(engine);
  for (const [index, [, write]] of TABLE.entries()) {
    assertEquals(await outcomeOf(engine, write, 300 + index), "stored");
  }
  const { lost, storing } = await engine.health();
  const log = await readSoundLog(engine.sql);
  assert(lost > 0 && storing);
  assertEquals(lossesOnRecord(log), lost);
  await checkChangesAgainstLog(engine, log.map((row) => row.message));
  await engine.close();
  assertEquals(await reopenAndGoOn(filePlace(dir)), log);
  // The table has every name once, in its own order.
  return Object.fromEntries(outcomes) as Outcomes;
}

/** A change is never without its entries, except those that are counted as lost; an entry never without its change. */
async function checkChangesAgainstLog(engine: FaultyEngine, messages: readonly string[]): Promise<void> {
  const things = await engine.sql.all<{ id: number }>("SELECT id FROM thing ORDER BY id");
  const ids = new Set(things.map((row) => row.id));
  for (const message of messages) {
    const id = /^thing (\d+)/.exec(message)?.[1];
    if (id !== undefined) assert(ids.has(Number(id)), `${message} tells of a change that is not there`);
  }
  for (const id of ids) {
    if (id < 300) continue;
    assert(messages.includes(`thing ${id} entry 1`), `thing ${id} has no entry`);
  }
}
