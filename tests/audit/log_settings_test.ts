import { assertEquals } from "@std/assert";
import { filePlace, openEngine, type TestEngine, withEngine, withTempDir } from "../support/engine.ts";
import { recordMany, rowsOf } from "./removal_checks.ts";

const actions = async ({ sql }: TestEngine) =>
  (await rowsOf(sql)).map(({ action, severity, actor, metadata }) => [action, severity, actor, metadata]);

const as = <T>(engine: TestEngine, actor: string, work: () => Promise<T>) =>
  engine.context.run({ actor, recorded: () => {} }, work);

Deno.test("a new log is on and keeps ninety days and twenty thousand entries", () =>
  withEngine(async ({ settings }) => {
    assertEquals(await settings.read(), { enabled: true, maxDays: 90, maxEntries: 20_000 });
    assertEquals(settings.current(), await settings.read());
  }));

Deno.test("new limits and the switch are one change: the limits come first on record, with who changed them", () =>
  withEngine(async (engine) => {
    await as(engine, "desk", () => engine.settings.change({ enabled: false, maxDays: null, maxEntries: 500 }));
    await as(engine, "phone", () => engine.settings.change({ enabled: true, maxDays: 7 }));
    assertEquals(await actions(engine), [
      ["activity_log.retention_changed", "warning", "desk", { max_days: null, max_entries: 500 }],
      ["activity_log.disabled", "warning", "desk", {}],
      ["activity_log.retention_changed", "warning", "phone", { max_days: 7, max_entries: 500 }],
      ["activity_log.enabled", "info", "phone", {}],
    ]);
  }));

Deno.test("what is so already is no change and no entry", () =>
  withEngine(async ({ settings, sql }) => {
    for (const wanted of [{}, { enabled: true }, { maxDays: 90, maxEntries: 20_000 }]) {
      assertEquals((await settings.change(wanted)).changed, false);
    }
    assertEquals(await rowsOf(sql), []);
  }));

Deno.test("while the log is off changes work and nothing is recorded of them, also after a restart", () =>
  withTempDir(async (dir) => {
    const first = await openEngine(filePlace(dir));
    await first.settings.change({ enabled: false });
    await recordMany(first, 3);
    await first.close();
    const engine = await openEngine(filePlace(dir));
    assertEquals(engine.settings.current().enabled, false);
    assertEquals(await engine.recorder.change(() => Promise.resolve("done")), "done");
    await recordMany(engine, 3);
    await engine.settings.change({ enabled: true });
    await recordMany(engine, 1);
    assertEquals((await actions(engine)).map(([action]) => action), [
      "activity_log.disabled",
      "activity_log.enabled",
      "entity.updated",
    ]);
    await engine.close();
  }));

Deno.test("what is recorded in the same turn as the switch counts as before or after it, by its place", () =>
  withEngine(async (engine) => {
    const all = [
      recordMany(engine, 1, "before"),
      engine.settings.change({ enabled: false }),
      recordMany(engine, 1, "while off"),
      engine.settings.change({ enabled: true }),
      recordMany(engine, 1, "after"),
    ];
    await Promise.all(all);
    assertEquals((await rowsOf(engine.sql)).map(({ action, message }) => [action, message]), [
      ["entity.updated", "before 1"],
      ["activity_log.disabled", "Activity log turned off"],
      ["activity_log.enabled", "Activity log turned on"],
      ["entity.updated", "after 1"],
    ]);
  }));
