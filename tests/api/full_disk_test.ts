import { assertEquals } from "@std/assert";
import { openFaultyEngine } from "../support/faults.ts";
import { withTempDir } from "../support/engine.ts";
import { problemOf } from "../../src/http/problem.ts";

Deno.test("a change that a full disk refuses is answered as not available now, and health says so", () =>
  withTempDir(async (dir) => {
    const engine = await openFaultyEngine(dir);
    const [size] = engine.writer.all("PRAGMA page_count", []);
    engine.writer.exec(`PRAGMA max_page_count = ${size?.["page_count"]}`);
    const error = await engine.recorder.change(async (tx) => {
      await tx.run("INSERT INTO thing (id, value) VALUES (1, ?)", ["x".repeat(100_000)]);
      tx.record("entity", "entity.created");
    }).then(() => undefined, (error: unknown) => error);
    assertEquals(problemOf(error)?.code, "unavailable");
    assertEquals((await engine.health()).storing, false);
    engine.writer.exec("PRAGMA max_page_count = 1000000");
    await engine.recordOne("again");
    assertEquals((await engine.health()).storing, true);
    await engine.close();
  }));
