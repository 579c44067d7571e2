import { databaseFile } from "../../src/runtime/database.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { withTempDir } from "../support/engine.ts";
import { createRandom } from "../support/random.ts";
import {
  assertSoundLog,
  copyOf,
  entryOf,
  folderIn,
  logOf,
  query,
  recordSome,
  restoreFrom,
  type Row,
  withEngineOn,
} from "./restore_support.ts";

const OPERATIONS = 40;

/** What of an entry's id stays when it is carried over. */
const markOf = (row: Row) => entryOf(row).id.slice(-16);

const headOf = (path: string): number =>
  query<{ head: number }>(
    path,
    "SELECT max(floor_seq, coalesce((SELECT max(seq) FROM activity_log), 0)) AS head FROM activity_state",
  )[0]!.head;

async function restoreChecked(box: string, copy: string): Promise<void> {
  const [before, head] = [logOf(box), headOf(databaseFile(box))];
  const theirs = query<Row>(copy, "SELECT seq, entry FROM activity_log ORDER BY seq");
  const theirHead = headOf(copy);
  const restored = await restoreFrom(box, copy);
  assertSoundLog(box);
  const after = logOf(box);
  const marks = new Set(after.map(markOf));
  assertEquals(marks.size, after.length, "no entry twice");
  const lost = before.filter((row) => !marks.has(markOf(row)));
  // Only what the backup's own log had already removed.
  assert(lost.every(({ seq }) => seq < (theirs[0]?.seq ?? theirHead + 1)), JSON.stringify(lost[0]));
  const newest = after.at(-1)!;
  assertEquals(entryOf(newest).metadata, {
    filename: "one.db.gz",
    from_seq: restored.fromSeq,
    carried: restored.carried,
  });
  assertEquals(restored.fromSeq, theirHead);
  assert(newest.seq > head);
  if (restored.log === "kept") assertEquals(after.slice(0, -1), before);
  else {
    assertEquals(after.slice(0, theirs.length), theirs);
    assertEquals(after.length, theirs.length + restored.carried + 1);
    assert(newest.seq > theirHead);
  }
}

for (const seed of [1, 2, 3, 4, 5, 6]) {
  Deno.test(`whatever was copied, removed and restored where: no entry lost or twice, no seq used twice (seed ${seed})`, () =>
    withTempDir(async (dir) => {
      const { int, pick } = createRandom(seed);
      const fresh = await folderIn(dir, "fresh");
      const boxes = [await folderIn(dir, "box-0"), fresh];
      const copies: string[] = [];
      await withEngineOn(
        boxes[0]!,
        (engine) => recordSome(engine, 3, { category: "entity", action: "entity.updated" }),
      );
      await withEngineOn(fresh, (engine) => recordSome(engine, 3));
      const operations = {
        record: (box: string) =>
          withEngineOn(box, (engine) =>
            recordSome(engine, 1 + int(900), {
              category: box === fresh ? "system" : "entity",
              action: pick(["server.started", "entity.updated"]),
              actor: pick(["system", "desk", "phone"]),
            })),
        copy: async (box: string) => void copies.push(await copyOf(box, `copy-${copies.length}.db`)),
        clone: async (box: string) => {
          if (box === fresh) return;
          const clone = await folderIn(dir, `box-${boxes.length}`);
          await Deno.copyFile(databaseFile(box), databaseFile(clone));
          boxes.push(clone);
        },
        prune: (box: string) =>
          withEngineOn(box, async (engine) => {
            await engine.settings.change({ maxEntries: 100 + int(900) });
            // Its pauses keep no process alive.
            const alive = setInterval(() => {}, 1000);
            await engine.retention.run().finally(() => clearInterval(alive));
          }),
        index: (box: string) =>
          withEngineOn(box, async (engine) => {
            while (await engine.textIndex.step());
          }),
        clear: (box: string) => withEngineOn(box, (engine) => engine.clear().then(() => {})),
        restore: (box: string) => copies.length === 0 ? Promise.resolve() : restoreChecked(box, pick(copies)),
      };
      const names = ["record", "record", "copy", "clone", "prune", "index", "clear", "restore", "restore"] as const;
      for (let at = 0; at < OPERATIONS; at++) await operations[pick(names)](pick(boxes));
    }));
}
