import { assert, assertEquals } from "@std/assert";
import { eventually } from "../runtime/waiting.ts";
import { createRandom } from "../support/random.ts";
import { bodyOf, CHECK_MS, type Home, withHome } from "./home.ts";
import type { StubLight } from "./stub_light.ts";

const good = (light: StubLight) => void (light.treat = (_request, answer) => answer());
const bad = (light: StubLight) => void (light.treat = (_request, _answer, drop) => drop());

const transitions = (home: Home) => home.log().map(([actor, action]) => `${action} ${actor}`);
const statusOf = async (home: Home, id: string): Promise<Readonly<Record<string, unknown>>> => {
  const { online, latency_ms, last_seen_at, offline_reason } = await home.device(id);
  return { online, latency: latency_ms === null ? "none" : typeof latency_ms, last_seen_at, offline_reason };
};

Deno.test("a new device is not known to be online or offline until it was checked, and then nothing is recorded", async () => {
  await withHome(async (home) => {
    const id = await home.add({ enabled: false });
    const unknown = { online: null, latency: "none", last_seen_at: null, offline_reason: null };
    assertEquals(await statusOf(home, id), unknown);
    await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json: { enabled: true } }));
    assertEquals(await statusOf(home, id), unknown);
    home.time.pass(0);
    await home.checked(id);
    const seen = new Date(home.time.clock.now()).toISOString();
    assertEquals(await statusOf(home, id), {
      online: true,
      latency: "number",
      last_seen_at: seen,
      offline_reason: null,
    });
    assertEquals((await home.device(id))["state"], { on: true, brightness: 0.502, color: "#ffa000", preset: null });
    assertEquals(home.log(), []);
  });
});

Deno.test("a new device that does not answer is offline after two checks, and the log is silent until it comes", async () => {
  await withHome(async (home, light) => {
    bad(light);
    const id = await home.add();
    await home.checked(id);
    const failed = { online: null, latency: "none", last_seen_at: null, offline_reason: "unreachable" };
    assertEquals(await statusOf(home, id), failed);
    await home.check(id);
    assertEquals(await statusOf(home, id), { ...failed, online: false });
    await home.check(id);
    assertEquals(home.log(), []);
    good(light);
    await home.check(id);
    assertEquals(transitions(home), ["device.online system"]);
  });
});

Deno.test("one failed check is chance, two in a row are offline, one good one is online", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    bad(light);
    await home.check(id);
    assertEquals((await statusOf(home, id))["online"], true);
    assertEquals((await statusOf(home, id))["offline_reason"], "unreachable");
    good(light);
    await home.check(id);
    assertEquals(transitions(home), []);
    bad(light);
    await home.check(id);
    await home.check(id);
    await home.check(id);
    const { last_seen_at, ...offline } = await statusOf(home, id);
    assertEquals(offline, { online: false, latency: "none", offline_reason: "unreachable" });
    assert(typeof last_seen_at === "string");
    good(light);
    await home.check(id);
    const [gone, back] = home.entries();
    assertEquals(
      [gone?.action, gone?.severity, gone?.actor, gone?.entity_type, gone?.entity_id, gone?.entity_name],
      ["device.offline", "warning", "system", "device", id, "Shelf"],
    );
    assertEquals([gone?.message, gone?.metadata], ["Device 'Shelf' went offline: no connection", { latency_ms: null }]);
    assertEquals([back?.action, back?.severity, back?.message], [
      "device.online",
      "info",
      "Device 'Shelf' is online again",
    ]);
    const latency = back?.metadata["latency_ms"];
    assert(typeof latency === "number" && latency >= 0 && latency === (await home.device(id))["latency_ms"]);
  });
});

Deno.test("whatever comes and goes, exactly the transitions are on record", async () => {
  await withHome(async (home, light) => {
    const random = createRandom(7);
    const id = await home.add();
    await home.checked(id);
    const expected: string[] = [];
    let [online, failures] = [true, 0];
    // Six in an hour are the most that is recorded.
    for (let step = 0; step < 60 && expected.length < 6; step++) {
      const fine = random.chance(0.5);
      if (fine) good(light);
      else bad(light);
      await home.check(id);
      failures = fine ? 0 : failures + 1;
      if (online && failures === 2) expected.push("device.offline system");
      if (!online && fine) expected.push("device.online system");
      online = fine || (online && failures < 2);
      assertEquals((await home.device(id))["online"], online);
    }
    assertEquals(transitions(home), expected);
    assertEquals(expected.length, 6);
  });
});

Deno.test("live clients hear of every check and of every new state", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    bad(light);
    await home.check(id);
    good(light);
    light.state.on = false;
    await home.check(id);
    const [first, second, third] = home.messages.filter(({ type }) => type === "device_health_changed");
    assertEquals([first?.["online"], first?.["offline_reason"]], [true, null]);
    assertEquals([second?.["online"], second?.["offline_reason"]], [true, "unreachable"]);
    const { type, device_id, online, latency_ms, last_seen_at, offline_reason, ...rest } = third ?? {};
    assertEquals([type, device_id, online, offline_reason, rest], ["device_health_changed", id, true, null, {}]);
    assertEquals([typeof latency_ms, last_seen_at], ["number", new Date(home.time.clock.now()).toISOString()]);
    const states = home.messages.filter(({ type }) => type === "device_state_changed");
    const state = { on: true, brightness: 0.502, color: "#ffa000", preset: null };
    assertEquals(states, [
      { type: "device_state_changed", device_id: id, state },
      { type: "device_state_changed", device_id: id, state: { ...state, on: false } },
    ]);
  });
});

Deno.test("whoever keeps asking a dead light does not keep it online", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    bad(light);
    for (let asked = 0; asked < 8; asked++) {
      assertEquals((await home.call("GET", `/api/v1/devices/${id}/state`)).status, 502);
      home.time.pass(600);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await home.checked(id);
    await home.checked(id);
    assertEquals(transitions(home), ["device.offline system"]);
  });
});

Deno.test("a check comes before everybody who waits for a light that hangs", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    const held: (() => void)[] = [];
    light.treat = (_request, _answer, drop) => void held.push(drop);
    const reads = Array.from({ length: 6 }, () => home.call("GET", `/api/v1/devices/${id}/state`));
    const drop = async () => {
      const next = await eventually("a request at the light", () => Promise.resolve(held.shift()));
      next();
    };
    await drop(); // which has the light checked within a second
    assertEquals((await reads[0]!).status, 502);
    home.time.pass(1000);
    await drop(); // the reading that was under way
    await drop();
    assertEquals((await home.checked(id))["offline_reason"], "unreachable");
    for (let left = 0; left < 4; left++) await drop();
    // Refused, or answered that the light failed.
    assert((await Promise.all(reads)).every(({ status }) => status === 502 || status === 503));
  });
});

Deno.test("asking a light for its state counts as a good check", async () => {
  await withHome(async (home, light) => {
    bad(light);
    const id = await home.add();
    await home.checked(id);
    await home.check(id);
    good(light);
    await bodyOf(await home.call("GET", `/api/v1/devices/${id}/state`));
    assertEquals((await home.device(id))["online"], true);
    assertEquals(transitions(home), ["device.online system"]);
  });
});

Deno.test("a device that is disabled is not asked any more, and nothing is known of it", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    const before = light.asked.length;
    const disabled = await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json: { enabled: false } }));
    assertEquals([disabled["online"], disabled["latency_ms"], disabled["last_seen_at"], disabled["state"]], [
      null,
      null,
      null,
      null,
    ]);
    home.time.pass(10 * CHECK_MS);
    const other = await home.add({ name: "Other" });
    await home.checked(other);
    assertEquals(light.asked.length, before + 1);
  });
});

Deno.test("what was known of a device ends with its address, not with its name", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    const renamed = await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json: { name: "Board" } }));
    assertEquals(renamed["online"], true);
    bad(light);
    await home.check(id);
    await home.check(id);
    assertEquals(home.entries().map(({ entity_name }) => entity_name), ["Board"]);
    const url = "http://127.0.0.1:9";
    const moved = await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json: { url } }));
    assertEquals([moved["online"], moved["offline_reason"]], [null, null]);
    home.time.pass(0);
    assertEquals((await home.checked(id))["online"], null);
    assertEquals(home.log().length, 1);
  });
});

Deno.test("the status is in the list too, cannot be written, and changes neither version nor entry", async () => {
  await withHome(async (home) => {
    const id = await home.add();
    const etag = async () => (await home.call("GET", `/api/v1/devices/${id}`)).headers.get("etag");
    const before = await etag();
    await home.checked(id);
    const device = await home.device(id);
    const list: { readonly items: readonly unknown[] } = await (await home.call("GET", "/api/v1/devices")).json();
    assertEquals(list.items, [device]);
    const lies = { ...device, online: false, state: null, offline_reason: "tls", latency_ms: 1 };
    assertEquals(await bodyOf(await home.call("PUT", `/api/v1/devices/${id}`, { json: lies })), device);
    assertEquals(await etag(), before);
    assertEquals(home.app.entries().filter(({ action }) => action === "entity.updated"), []);
  });
});

Deno.test("a device that is deleted while it is checked leaves nothing behind", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    light.state.on = false;
    const arrived = Promise.withResolvers<() => void>();
    light.treat = (_request, answer) => arrived.resolve(answer);
    home.time.pass(CHECK_MS);
    const answer = await arrived.promise;
    assertEquals((await home.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
    answer();
    good(light);
    const other = await home.add({ name: "Other" });
    await home.checked(other);
    assertEquals(home.log(), []);
    assertEquals((await home.call("GET", `/api/v1/devices/${id}/state`)).status, 404);
    const asked = light.asked.length;
    await home.check(other);
    assertEquals(light.asked.length, asked + 1, "only the other one is still asked");
  });
});

Deno.test("a reading that is under way when its device is deleted leaves nothing behind either", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    light.state.on = false;
    const arrived = Promise.withResolvers<() => void>();
    light.treat = (_request, answer) => arrived.resolve(answer);
    const reading = home.call("GET", `/api/v1/devices/${id}/state`);
    const answer = await arrived.promise;
    const told = home.messages.length;
    assertEquals((await home.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
    answer();
    assertEquals((await bodyOf(await reading))["on"], false);
    assertEquals(home.log(), []);
    assertEquals(home.messages.slice(told).filter(({ type }) => String(type).startsWith("device_")), []);
  });
});

Deno.test("a device is checked every 30 s, a little sooner or later", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    for (let round = 0; round < 5; round++) {
      const asked = light.asked.length;
      home.time.pass(26_999);
      await bodyOf(await fetch(`${light.url}/json/si`)); // whoever was asked before this has been heard
      assertEquals(light.asked.length, asked + 1, "too soon");
      home.time.pass(6001);
      await home.checked(id);
    }
  });
});

Deno.test("devices of an earlier run are checked soon after the start", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    home.time.pass(CHECK_MS);
    assertEquals(light.asked, [], "nothing is asked before the start");
    await home.app.app.start();
    home.time.pass(3000);
    assertEquals((await home.checked(id))["online"], true);
  }, { started: false });
});
