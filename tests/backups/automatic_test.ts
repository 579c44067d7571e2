import { assertEquals } from "@std/assert";
import { type AutoBackup, isDue } from "../../src/backups/automatic.ts";
import { addEntity, openBackups, type TestBackups, withBackups } from "./open_backups.ts";
import { withTempDir } from "../support/temp_dir.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 22, 12);

/** A clock and timers by hand. */
function byHand() {
  let now = START;
  let waiting: (() => void)[] = [];
  return {
    clock: { now: () => now },
    delay: (callback: () => void) => {
      waiting.push(callback);
      return () => void (waiting = waiting.filter((one) => one !== callback));
    },
    leap: (ms: number) => void (now += ms),
    /** One check, until it has ended: then it waits for the next. */
    check: async () => {
      const [due, ...rest] = waiting;
      waiting = rest;
      due?.();
      while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    waits: () => waiting.length,
  };
}

const kinds = async ({ backups }: TestBackups) => (await backups.list()).map(({ kind }) => kind);

const withAutomatic = (
  settings: AutoBackup,
  work: (opened: TestBackups, hand: ReturnType<typeof byHand>) => Promise<void>,
) => {
  const hand = byHand();
  return withBackups(async (opened) => {
    await opened.backups.settings.change(settings);
    await work(opened, hand);
  }, hand);
};

Deno.test("backups are made by themselves only when that is wanted", () =>
  withAutomatic({ enabled: false, interval_hours: 1, max_backups: 3 }, async (opened, { check, leap }) => {
    leap(1000 * HOUR);
    await check();
    assertEquals(await kinds(opened), []);
    await opened.backups.settings.change({ enabled: true });
    await check();
    assertEquals(await kinds(opened), ["automatic"]);
  }));

Deno.test("one is made each interval by the system, and the oldest go, each on record", () =>
  withAutomatic({ enabled: true, interval_hours: 2, max_backups: 2 }, async (opened, { check, leap }) => {
    const seen: number[] = [];
    for (let i = 0; i < 9; i++) {
      await check();
      seen.push((await opened.backups.list()).length);
      leap(HOUR);
    }
    assertEquals(seen, [1, 1, 2, 2, 2, 2, 2, 2, 2]);
    const recorded = await opened.recorded();
    const of = (action: string) => recorded.filter((line) => line.startsWith(`${action} system lumenlog-`)).length;
    assertEquals([recorded.length, of("backup.created"), of("backup.deleted")], [8, 5, 3]);
  }));

Deno.test("what people made or brought never goes by itself", () =>
  withAutomatic({ enabled: true, interval_hours: 1, max_backups: 1 }, async (opened, { check, leap }) => {
    await opened.backups.make("manual");
    await opened.backups.keepCopy();
    for (let i = 0; i < 3; i++) {
      leap(HOUR);
      await check();
    }
    assertEquals(await kinds(opened), ["automatic", "safety", "manual"]);
  }));

Deno.test("one that is made after the clock was set back stays: older ones go, though they seem newer", () =>
  withAutomatic({ enabled: true, interval_hours: 1, max_backups: 2 }, async (opened, { check, leap }) => {
    for (let i = 0; i < 2; i++) {
      await check();
      leap(HOUR);
    }
    leap(-1000 * HOUR);
    await check();
    const [, made] = await opened.backups.list();
    assertEquals([await kinds(opened), made?.createdAt], [["automatic", "automatic"], START + 2 * HOUR - 1000 * HOUR]);
  }));

Deno.test("none is made within five minutes of any other, and one made by hand counts for the interval", () =>
  withAutomatic({ enabled: true, interval_hours: 1, max_backups: 9 }, async (opened, { check, leap }) => {
    await check();
    leap(HOUR - 2 * MINUTE);
    await opened.backups.keepCopy();
    leap(2 * MINUTE);
    await check();
    assertEquals(await kinds(opened), ["safety", "automatic"]);
    leap(3 * MINUTE);
    await check();
    assertEquals(await kinds(opened), ["automatic", "safety", "automatic"]);
    leap(30 * MINUTE);
    await opened.backups.make("manual");
    leap(45 * MINUTE);
    await check();
    assertEquals((await kinds(opened))[0], "manual");
    leap(15 * MINUTE);
    await check();
    assertEquals((await kinds(opened))[0], "automatic");
  }));

Deno.test("a failure is told to the process log and tried again after an hour", () =>
  withAutomatic({ enabled: true, interval_hours: 1, max_backups: 9 }, async (opened, { check }) => {
    // A hole in the log: the copy is not sound.
    for (const name of ["a", "b"]) await addEntity(opened.engine, name);
    const [last] = await opened.engine.sql.all<{ seq: number }>("SELECT max(seq) AS seq FROM activity_log");
    const seq = Number(last?.seq);
    await opened.engine.sql.commit([{
      work: (tx) =>
        tx.run("UPDATE activity_log SET seq = CAST(? AS INTEGER) WHERE seq = CAST(? AS INTEGER)", [seq + 1, seq]),
    }]);
    const failures = () => opened.log.filter((line) => line.includes("No automatic backup")).length;
    for (let i = 0; i < 60; i++) await check();
    assertEquals([failures(), opened.names().length], [1, 0]);
    await opened.engine.sql.commit([{
      work: (tx) =>
        tx.run("UPDATE activity_log SET seq = CAST(? AS INTEGER) WHERE seq = CAST(? AS INTEGER)", [seq, seq + 1]),
    }]);
    await check();
    assertEquals([failures(), await kinds(opened)], [1, ["automatic"]]);
  }));

Deno.test("the checks end with the server", () =>
  withTempDir(async (dir) => {
    const hand = byHand();
    const opened = await openBackups(dir, hand);
    assertEquals(hand.waits(), 1);
    await opened.close();
    assertEquals(hand.waits(), 0);
  }));

Deno.test("a clock that leaps makes no backup too many, and none too late", () => {
  const made = (...times: readonly number[]) =>
    times.map((hours) => ({ kind: "automatic", createdAt: hours * HOUR }) as const);
  const due = (backups: ReturnType<typeof made>, now: number) => isDue(backups, 24 * HOUR, now * HOUR);
  assertEquals(due([], 100), true);
  assertEquals(due(made(100), 123.9), false);
  assertEquals(due(made(100), 124), true);
  // Made by a clock that was an hour ahead.
  assertEquals(due(made(101), 100), false);
  assertEquals(due(made(101), 125), true);
  // Made by one that was years ahead: nothing follows from it.
  assertEquals(due(made(100_000), 100), true);
  assertEquals(due(made(100_000, 99), 100), false);
});
