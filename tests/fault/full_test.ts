import { assert, assertEquals } from "@std/assert";
import { withTempDir } from "../support/engine.ts";
import { type FaultyEngine, openFaultyEngine, readSoundLog } from "../support/faults.ts";
import { runFaultTable } from "./table.ts";

const pages = ({ writer }: FaultyEngine) => Number(writer.all("PRAGMA page_count", [])[0]?.["page_count"]);

/** No page more, and the last page of the log has no room left either. */
async function fillUp(engine: FaultyEngine): Promise<void> {
  engine.writer.exec(`PRAGMA max_page_count = ${pages(engine)}`);
  const before = (await engine.health()).lost;
  while ((await engine.health()).lost === before) await engine.recordOne("");
  assertEquals((await engine.health()).storing, false);
}

Deno.test("a full database refuses or counts every write, and owns up to the losses once there is room", () =>
  withTempDir(async (dir) => {
    const outcomes = await runFaultTable(dir, {
      begin: fillUp,
      end: ({ writer }) => writer.exec("PRAGMA max_page_count = 1000000"),
    });
    assertEquals(outcomes, {
      "an entry alone": "entries lost",
      "a small change with its entry": "entries lost",
      "a large change with its entry": "refused",
      "a change with two entries": "entries lost",
      "a step of the text index": "refused",
    });
  }));

Deno.test("a large change that does not fit takes no neighbour of the same turn with it", () =>
  withTempDir(async (dir) => {
    const engine = await openFaultyEngine(dir);
    await engine.recordOne("before");
    engine.writer.exec(`PRAGMA max_page_count = ${pages(engine) + 2}`);
    const add = (id: number, bytes: number) =>
      engine.recorder.change(async (tx) => {
        await tx.run("INSERT INTO thing (id, value) VALUES (?, ?)", [id, new Uint8Array(bytes)]);
        tx.record("entity", "entity.created", { message: `thing ${id}` });
      });
    const outcomes = await Promise.allSettled([add(1, 1), add(2, 100_000), add(3, 1), engine.recordOne("alone")]);
    assertEquals(outcomes.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    const [, second] = outcomes;
    assert(second?.status === "rejected" && second.reason.code === "SQLITE_FULL");
    const messages = (await readSoundLog(engine.sql)).map((row) => row.message);
    assertEquals(messages, ["before", "thing 1", "thing 3", "alone"]);
    assertEquals((await engine.health()).lost, 0);
    await engine.close();
  }));
