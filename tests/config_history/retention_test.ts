import { assertEquals } from "@std/assert";
import { createRetention } from "../../src/config_history/retention.ts";
import { pack } from "../../src/config_history/packing.ts";
import { insertSnapshot } from "../../src/config_history/store.ts";
import { timeByHand } from "../auth/by_hand.ts";
import { withEngine } from "../support/engine.ts";
import { eventually } from "../runtime/waiting.ts";
import { bodyOf } from "../api/answers.ts";
import { type House, snapshotIn, withHouse } from "./house.ts";
import { SOME_CFG, startStubGear } from "./stub_gear.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const count = (house: House) => house.app().rows<{ n: number }>("SELECT count(*) AS n FROM config_snapshot")[0]?.n;

/** The hourly removals of a day, after which the clock is trusted, have ended with so many left. */
async function left(house: House, wanted: number): Promise<void> {
  const runAt = () => house.app().rows<{ at: number }>("SELECT run_at AS at FROM config_removal")[0]?.at;
  for (let hour = 0; hour <= 25; hour++) {
    house.time.pass(HOUR);
    await eventually("a removal", () => Promise.resolve(runAt() === house.time.clock.now() || undefined));
    await house.planned();
  }
  assertEquals(count(house), wanted);
}

Deno.test("snapshots go after 90 days, but the newest of a device stays as long as the device does", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const id = await house.add({ url: gear.url });
    const backUp = async (total: number) => {
      gear.cfg = { ...SOME_CFG, hw: { led: { total } } };
      return await snapshotIn(await house.backUp(id));
    };
    /** The timetable finds nothing new meanwhile. */
    const days = async (n: number) => {
      const looks = house.log().filter(([, action]) => /created|skipped/.test(action)).length;
      house.time.pass(n * DAY);
      await house.looked(id, looks + 1);
    };
    const first = await backUp(1);
    await days(50);
    const second = await backUp(2);
    assertEquals(second.previous_id, first.id);
    const third = await backUp(3);
    await days(41);
    await left(house, 2);
    const { items } = await house.history(id);
    assertEquals((items as { id: string }[]).map((item) => item.id), [third.id, second.id]); // as declared
    const path = `/api/v1/devices/${id}/config-snapshots/${second.id}`;
    const { text: _, ...kept } = await bodyOf(await house.call("GET", path));
    assertEquals([kept["previous_id"], kept["changes"], kept["lines_added"]], [null, null, null]);
    const diff = await bodyOf(await house.call("GET", `${path}/diff`));
    assertEquals([diff["against"], diff["changes"], diff["hunks"]], [null, [], []]);
    await days(100);
    await left(house, 1);
    assertEquals((await house.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
    assertEquals((await house.history(id))["total"], 1);
    await left(house, 0);
    assertEquals((await house.call("GET", `/api/v1/devices/${id}/config-history`)).status, 404);
    assertEquals(house.app().rows("SELECT device_id FROM config_check"), []);
  }, { started: true });
});

for (const [direction, way] of [["forward", 1], ["back", -1]] as const) {
  Deno.test(`a clock that leaps ${direction} removes nothing until it has been steady for a day`, async () => {
    const time = timeByHand(Date.UTC(2026, 10, 22, 10));
    await withEngine(async ({ recorder, sql, context }) => {
      const kept = async () => (await sql.all("SELECT id FROM config_snapshot")).length;
      const store = async (id: string) => {
        const createdAt = new Date(time.clock.now()).toISOString();
        const packed = await pack("");
        await recorder.change((tx) => insertSnapshot(tx, { ...SNAPSHOT, id, createdAt, packed }));
      };
      const open = () => createRetention({ recorder, clock: time.clock, turn: time.turn, context, log: SILENT });
      const hours = async (n: number) => {
        for (let hour = 0; hour < n; hour++) {
          time.pass(HOUR);
          await open().run(); // a restart changes nothing
        }
      };
      await store("cfg_first");
      await hours(1);
      await store("cfg_second");
      time.pass(way * 400 * DAY);
      await open().run();
      await hours(23);
      assertEquals(await kept(), 2);
      time.pass(way * -400 * DAY);
      await open().run();
      await hours(30);
      assertEquals(await kept(), 2);
      time.pass(91 * DAY);
      await open().run();
      await hours(23);
      assertEquals(await kept(), 2);
      await hours(1);
      assertEquals(await kept(), 0);
    });
  });
}

const SILENT = { warning: () => {} };
const SNAPSHOT = {
  deviceId: "dev_gone",
  deviceName: "Shelf",
  resourceType: "wled",
  sha256: "0".repeat(64),
  size: 0,
  normaliser: 1,
  trigger: "scheduled",
  linesAdded: null,
  linesRemoved: null,
  changes: null,
} as const;
