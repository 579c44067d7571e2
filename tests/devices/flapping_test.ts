import { assert, assertEquals } from "@std/assert";
import { createRandom } from "../support/random.ts";
import { eventually } from "../runtime/waiting.ts";
import { bodyOf, type Home, withHome } from "./home.ts";
import type { StubLight } from "./stub_light.ts";

const HOUR_MS = 3_600_000;

const good = (light: StubLight) => void (light.treat = (_request, answer) => answer());
const bad = (light: StubLight) => void (light.treat = (_request, _answer, drop) => drop());

/** Lets it go and come back so often; an entry for each is a minute and a half apart at most. */
async function flap(home: Home, light: StubLight, id: string, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    bad(light);
    await home.check(id);
    await home.check(id);
    good(light);
    await home.check(id);
  }
}

const told = (home: Home) => home.log().map(([, action, metadata]) => [action.slice(7), metadata["suppressed"]]);

Deno.test("a light that comes and goes is on record six times an hour, and live clients hear of every time", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    await flap(home, light, id, 8);
    const six = ["offline", "online", "offline", "online", "offline", "online"].map((action) => [action, undefined]);
    assertEquals(told(home), six);
    const heard = home.messages.filter(({ type }) => type === "device_health_changed").map(({ online }) => online);
    assertEquals(heard.filter((online) => online === false).length, 8);
    bad(light);
    await home.check(id);
    await home.check(id);
    assertEquals(told(home), six);
    home.time.pass(HOUR_MS);
    await home.checked(id);
    // Five times more gone and back, then gone for good: that is on record now, the ten before it are counted.
    assertEquals(told(home), [...six, ["offline", 10]]);
    assertEquals(
      home.entries().at(-1)?.message,
      "Device 'Shelf' went offline: no connection (came and went, 10 times not recorded)",
    );
    good(light);
    await home.check(id);
    assertEquals(told(home).at(-1), ["online", undefined]);
    assert(home.entries().every(({ actor }) => actor === "system"));
  });
});

Deno.test("when the hour has room and the log already says how a light is, nothing is added", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    await flap(home, light, id, 5);
    home.time.pass(2 * HOUR_MS);
    await home.checked(id);
    assertEquals(told(home).length, 6);
    bad(light);
    await home.check(id);
    await home.check(id);
    assertEquals(told(home).slice(6), [["offline", 4]]);
  });
});

Deno.test("however a light comes and goes: six an hour at most, and the log agrees with it in the end", async () => {
  await withHome(async (home, light) => {
    const random = createRandom(11);
    const id = await home.add();
    await home.checked(id);
    const times: number[] = [];
    for (let step = 0; step < 150; step++) {
      if (random.chance(0.5)) good(light);
      else bad(light);
      await home.check(id);
      while (times.length < home.log().length) times.push(home.time.clock.now());
    }
    assert(times.length > 10);
    for (const [index, time] of times.entries()) {
      assert((times[index + 6] ?? Infinity) - time >= HOUR_MS, `entry ${index}`);
    }
    home.time.pass(HOUR_MS);
    await home.checked(id);
    const online = (await home.device(id))["online"];
    assertEquals(home.log().at(-1)?.[1], online ? "device.online" : "device.offline");
    const all = home.log().reduce((sum, [, , { suppressed }]) => sum + 1 + Number(suppressed ?? 0), 0);
    const heard = home.messages.filter(({ type }) => type === "device_health_changed").map((each) => each["online"]);
    const transitions = heard.filter((each, index) => index > 0 && each !== heard[index - 1]).length;
    // What is not counted yet has led to nothing: it went and came back, or came and went.
    assert(all <= transitions && (transitions - all) % 2 === 0, `${all} of ${transitions}`);
  });
});

/** On record as online six times, gone since, and that is not on record. */
async function goneUnseen(home: Home, light: StubLight, id: string): Promise<void> {
  await home.checked(id);
  await flap(home, light, id, 3);
  bad(light);
  await home.check(id);
  await home.check(id);
  assertEquals(told(home).at(-1), ["online", undefined]);
}

Deno.test("before a stop the log is told how a light is that came and went too often", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await goneUnseen(home, light, id);
    await home.app.app.stop(() => Promise.resolve());
    assertEquals(home.log().slice(6), [["system", "device.offline", { latency_ms: null }]]);
  });
});

Deno.test("before a light becomes another one the log is told how it was, whoever changes it", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await goneUnseen(home, light, id);
    await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json: { enabled: false } }));
    await eventually("the log to be told", () => Promise.resolve(home.log()[6]));
    assertEquals(home.log().slice(6), [["system", "device.offline", { latency_ms: null }]]);
    home.time.pass(2 * HOUR_MS);
    await home.app.app.stop(() => Promise.resolve());
    assertEquals(home.log().length, 7);
  });
});

Deno.test("where the log says already how a light is, a stop adds nothing", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    await flap(home, light, id, 5);
    await home.app.app.stop(() => Promise.resolve());
    assertEquals(home.log().length, 6);
  });
});
