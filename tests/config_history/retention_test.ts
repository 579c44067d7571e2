import { assertEquals } from "@std/assert";
import { eventually } from "../runtime/waiting.ts";
import { bodyOf } from "../api/answers.ts";
import { type House, snapshotIn, withHouse } from "./house.ts";
import { SOME_CFG, startStubGear } from "./stub_gear.ts";

const DAY = 86_400_000;

const count = (house: House) => house.app().rows<{ n: number }>("SELECT count(*) AS n FROM config_snapshot")[0]?.n;

/** The hourly removal has ended with so many left. */
async function left(house: House, wanted: number): Promise<void> {
  house.time.pass(3_600_000);
  await eventually(`${wanted} snapshots`, () => Promise.resolve(count(house) === wanted || undefined));
  await house.planned();
}

Deno.test("snapshots go after 90 days, but the newest of a device stays as long as the device does", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const id = await house.add({ url: gear.url });
    let looks = 0;
    const backUp = async (total: number) => {
      gear.cfg = { ...SOME_CFG, hw: { led: { total } } };
      looks++;
      return await snapshotIn(await house.backUp(id));
    };
    /** The timetable finds nothing new meanwhile. */
    const days = async (n: number) => {
      house.time.pass(n * DAY);
      await house.looked(id, ++looks);
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
