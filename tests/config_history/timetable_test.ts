import { assert, assertEquals } from "@std/assert";
import { nextAfter, nextAtStart } from "../../src/config_history/timetable.ts";
import { bodyOf, problemIn } from "../api/answers.ts";
import { eventually, within } from "../runtime/waiting.ts";
import { type House, snapshotIn, withHouse } from "./house.ts";
import { SOME_CFG, startStubGear, type StubGear } from "./stub_gear.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const started = { started: true } as const;
const WHOSE = { tenant_id: "studio", resource_type: "wled" };

/** What the system and others did with configurations, without hashes and ids. */
const doings = (house: House) => house.log().map(([actor, action, { trigger }]) => [actor, action, trigger ?? null]);

Deno.test("a device is looked at every six hours and a tenth, after failures sooner, and a stepped clock puts nothing off", () => {
  assertEquals([nextAfter({ failures: 0 }, 0), nextAfter({ failures: 0 }, 1)], [5.4 * HOUR, 6.6 * HOUR]);
  const retries = [1, 2, 3, 4, 9].map((failures) => Math.round(nextAfter({ failures }, 0.5) / MINUTE));
  assertEquals(retries, [15, 60, 360, 360, 360]);
  const at = (checkedAt: number) =>
    nextAtStart(
      { checkedAt: new Date(checkedAt).toISOString(), outcome: "stored", problem: null, failures: 0 },
      0,
      0.5,
    );
  assertEquals([at(-2 * HOUR), at(-7 * HOUR), at(100 * HOUR)], [4 * HOUR, 30_000, 6 * HOUR]);
  assert(nextAtStart(undefined, 0, 0.5) <= MINUTE);
});

Deno.test("a device is looked at once it is adopted, and then every six hours", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const id = await house.add({ url: gear.url });
    house.pass(4000);
    await house.looked(id, 1);
    house.pass(5 * HOUR);
    assertEquals(gear.asked.filter((path) => path === "/cfg.json").length, 1);
    gear.cfg = { ...SOME_CFG, def: { on: true } };
    house.pass(2 * HOUR);
    await house.looked(id, 2);
    house.pass(7 * HOUR);
    await house.looked(id, 3);
    assertEquals(doings(house), [
      ["system", "config_snapshot_created", "adoption"],
      ["system", "config_snapshot_created", "scheduled"],
      ["system", "config_diff_generated", null],
      ["system", "config_snapshot_skipped_duplicate", "scheduled"],
    ]);
  }, started);
});

Deno.test("another address is a new device: it is looked at soon, also while the old one still keeps one waiting", async () => {
  await using old = await startStubGear();
  await using fresh = await startStubGear();
  await withHouse(async (house) => {
    const held = hold(old);
    const id = await house.add({ url: old.url });
    house.pass(4000);
    const letGo = await held;
    const json = { url: fresh.url, description: "moved" };
    await bodyOf(await house.call("PUT", `/api/v1/devices/${id}`, { json }));
    house.pass(4000);
    assertEquals(fresh.asked.includes("/cfg.json"), false);
    letGo();
    await house.looked(id, 1);
    assertEquals(doings(house), [["system", "config_snapshot_created", "adoption"]]);
    await bodyOf(await house.call("PUT", `/api/v1/devices/${id}`, { json: { description: "only words" } }));
    house.pass(10_000);
    assertEquals(fresh.asked.filter((path) => path === "/cfg.json").length, 1);
  }, started);
});

/** The next request for the settings waits; resolves when it has come, with what lets it go. */
function hold(gear: StubGear): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<() => void>();
  gear.treat = (path, answer) => {
    if (path !== "/cfg.json") return answer();
    gear.treat = (_path, next) => next();
    resolve(answer);
  };
  return promise;
}

Deno.test("a disabled device and one that is gone are left alone", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const id = await house.add({ url: gear.url });
    await bodyOf(await house.call("PUT", `/api/v1/devices/${id}`, { json: { enabled: false } }));
    const gone = await house.add({ name: "Gone", url: gear.url });
    assertEquals((await house.call("DELETE", `/api/v1/devices/${gone}`)).status, 204);
    house.pass(7 * HOUR);
    assertEquals(gear.asked.includes("/cfg.json"), false);
    await bodyOf(await house.call("PUT", `/api/v1/devices/${id}`, { json: { enabled: true } }));
    house.pass(4000);
    await house.looked(id, 1);
  }, started);
});

Deno.test("the timetable goes on where it was after a restart", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const id = await house.add({ url: gear.url });
    house.pass(4000);
    await house.looked(id, 1);
    house.pass(4 * HOUR);
    await house.restart();
    house.pass(HOUR);
    assertEquals(gear.asked.filter((path) => path === "/cfg.json").length, 1);
    house.pass(2 * HOUR);
    await house.looked(id, 2);
    await house.restart();
    house.time.pass(30 * HOUR); // the machine was asleep
    await house.looked(id, 3);
    assertEquals(doings(house).map(([, , trigger]) => trigger), ["adoption", "scheduled", "scheduled"]);
  }, started);
});

Deno.test("a look that fails is told, and tried again after a quarter of an hour and an hour", async () => {
  await using gear = await startStubGear();
  gear.cfg = "<html>";
  await withHouse(async (house) => {
    const id = await house.add({ url: gear.url });
    const asked = async (times: number) => {
      await eventually(
        `request ${times}`,
        () => Promise.resolve(gear.asked.filter((path) => path === "/cfg.json").length >= times || undefined),
      );
      await eventually(`failure ${times}`, async () => {
        const [row] = house.app().rows<{ failures: number }>("SELECT failures FROM config_check");
        return await Promise.resolve(row?.failures === times || undefined);
      });
      await house.planned();
    };
    house.pass(4000);
    await asked(1);
    house.pass(17 * MINUTE);
    await asked(2);
    house.pass(40 * MINUTE);
    assertEquals(gear.asked.filter((path) => path === "/cfg.json").length, 2);
    house.pass(30 * MINUTE);
    await asked(3);
    const known = await house.history(id);
    assertEquals(known["last_outcome"], "failed");
    assertEquals(known["last_problem"], "Cannot read the configuration of device 'Shelf': its answer is not JSON");
    assertEquals([house.log(), known["total"]], [[], 0]);
    assertEquals(house.app().log.filter((line) => line.includes("its answer is not JSON")).length, 3);
    gear.cfg = SOME_CFG;
    await snapshotIn(await house.backUp(id));
    assertEquals((await house.history(id))["last_problem"], null);
  }, started);
});

Deno.test("who asks while a look goes on gets what comes of it, and a second one is told that it is busy", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const held = hold(gear);
    const id = await house.add({ url: gear.url });
    house.pass(4000);
    const letGo = await held;
    const asked = house.backUp(id);
    const second = await problemIn(await house.backUp(id));
    assertEquals([second.status, second.type], [409, "urn:lumenlog:problem:conflict"]);
    letGo();
    await snapshotIn(await asked);
    assertEquals(house.log().map(([actor, action]) => [actor, action]), [
      ["system", "config_snapshot_created"],
      ["anna", "config_backup_manual_trigger"],
    ]);
    assertEquals(house.log()[1]?.[2], { ...WHOSE, outcome: "stored" });
    assertEquals(gear.asked.filter((path) => path === "/cfg.json").length, 1);
  }, started);
});

Deno.test("who asks twice at the same time is told that it is busy", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const held = hold(gear);
    const id = await house.add({ url: gear.url });
    const first = house.backUp(id);
    const letGo = await held;
    assertEquals((await problemIn(await house.backUp(id))).status, 409);
    letGo();
    await snapshotIn(await first);
    await snapshotIn(await house.backUp(id), 200);
  });
});

Deno.test("no more than four devices are looked at in one moment, whoever asks", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const waiting: (() => void)[] = [];
    let [underWay, most] = [0, 0];
    gear.treat = (path, answer) => {
      if (path !== "/cfg.json") return answer();
      most = Math.max(most, ++underWay);
      waiting.push(() => {
        underWay--;
        answer();
      });
    };
    const ids: string[] = [];
    for (let n = 0; n < 8; n++) ids.push(await house.add({ name: `Light ${n}`, url: gear.url }));
    house.pass(4000);
    const come = (count: number) =>
      eventually(`${count} requests`, () => Promise.resolve(waiting.length >= count || undefined));
    await come(4);
    const asked = ids.map(async (id) => await snapshotIn(await house.backUp(id)));
    for (let n = 0; n < ids.length; n++) {
      await come(n + 1);
      waiting[n]?.();
    }
    await Promise.all(asked);
    assertEquals([most, waiting.length], [4, 8]);
    const actions = house.log().map(([actor, action]) => `${actor} ${action}`);
    const count = (wanted: string) => actions.filter((action) => action === wanted).length;
    assertEquals(count("system config_snapshot_created"), 4);
    assertEquals([count("anna config_snapshot_created"), count("anna config_backup_manual_trigger")], [4, 8]);
  }, started);
});

Deno.test("a stop does not wait for devices, and whoever asked is told", async () => {
  await using gear = await startStubGear();
  await withHouse(async (house) => {
    const held = hold(gear);
    const id = await house.add({ url: gear.url });
    const asked = house.backUp(id);
    await held;
    const stopped = house.app().app.stop(() => Promise.resolve());
    assertEquals((await problemIn(await asked)).status, 503);
    await within("the stop", stopped);
    assertEquals(house.app().rows("SELECT device_id FROM config_check"), []);
  }, { patience: 600_000 });
});
