import { assert, assertEquals } from "@std/assert";
import { problemIn, refusal } from "../api/answers.ts";
import { bodyOf, type Home, WINDOW_MS, withHome } from "./home.ts";
import { eventually } from "../runtime/waiting.ts";
import { whileTimePasses } from "./passing_time.ts";

const AT_FIRST = { on: true, brightness: 0.502, color: "#ffa000", preset: null };
const identify = (home: Home, id: string) => home.call("POST", `/api/v1/devices/${id}/identify`);

Deno.test("a light tells what it shows and shows what it is told, and that is on record before the answer", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    assertEquals(await bodyOf(await home.call("GET", `/api/v1/devices/${id}/state`)), AT_FIRST);
    const off = { ...AT_FIRST, on: false };
    assertEquals(await bodyOf(await home.put(id, { on: false })), off);
    assertEquals(home.log(), [["anna", "device.state_changed", { source: "api", on: false }]]);
    assertEquals(home.entries()[0]?.message, "Device 'Shelf' turned off");
    assertEquals(light.state.on, false);
    home.time.pass(WINDOW_MS);
    const answer = await bodyOf(await home.put(id, { on: true, brightness: 0.4, color: "#FF8800" }));
    assertEquals(answer, { on: true, brightness: 0.4, color: "#ff8800", preset: null });
    assertEquals([light.state.bri, light.state.seg[0]?.col[0]], [102, [255, 136, 0]]);
    assertEquals(home.log()[1]?.[2], { source: "api", on: true, brightness: 0.4, color: "#ff8800" });
    assertEquals(home.entries()[1]?.message, "Device 'Shelf' turned on, dimmed to 40 %, set to #ff8800");
    assertEquals((await home.device(id))["state"], answer);
  }, { started: false });
});

Deno.test("the weakest brightness is still light", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    assertEquals((await bodyOf(await home.put(id, { brightness: 0.0001 })))["brightness"], 0.004);
    assertEquals(light.state.bri, 1);
    assertEquals(home.entries()[0]?.message, "Device 'Shelf' dimmed to 1 %");
  }, { started: false });
});

Deno.test("a change that changes nothing is answered and not recorded", async () => {
  await withHome(async (home) => {
    const id = await home.add();
    assertEquals(await bodyOf(await home.put(id, { on: true, brightness: 0.502, color: "#FFA000" })), AT_FIRST);
    assertEquals(home.log(), []);
    assertEquals(home.messages.filter(({ type }) => type === "device_state_changed").length, 1);
  }, { started: false });
});

Deno.test("a preset is awaited, and what it does belongs to whoever chose it", async () => {
  await withHome(async (home) => {
    const id = await home.add();
    const answer = await bodyOf(await whileTimePasses(home, home.put(id, { preset: 2 })));
    assertEquals(answer, { ...AT_FIRST, brightness: 0.2, preset: 2 });
    assertEquals(home.log(), [["anna", "device.state_changed", { source: "api", brightness: 0.2, preset: 2 }]]);
    home.time.pass(WINDOW_MS);
    // Other fields are laid over the preset, which the light then no longer shows as such.
    const over = await bodyOf(await whileTimePasses(home, home.put(id, { preset: 1, color: "#0000ff" })));
    assertEquals(over, { on: true, brightness: 1, color: "#0000ff", preset: null });
    home.time.pass(WINDOW_MS);
    await bodyOf(await whileTimePasses(home, home.put(id, { preset: 3 })));
    assertEquals(home.log().map(([actor, , { source }]) => [actor, source]), Array(3).fill(["anna", "api"]));
  }, { started: false });
});

Deno.test("a preset that is chosen again is awaited too, although nothing tells when the light has loaded it", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await bodyOf(await whileTimePasses(home, home.put(id, { preset: 2 })));
    light.state.bri = 255; // somebody dims it up, and it goes on naming its preset
    home.time.pass(WINDOW_MS);
    const answer = await bodyOf(await whileTimePasses(home, home.put(id, { preset: 2 })));
    assertEquals([answer["brightness"], answer["preset"]], [0.2, 2]);
    assertEquals(home.log().map(([actor, , { brightness }]) => [actor, brightness]), [
      ["anna", 0.2],
      ["system", 1],
      ["anna", 0.2],
    ]);
  }, { started: false });
});

Deno.test("a preset that the light does not have is refused, and what is there stays", async () => {
  await withHome(async (home) => {
    const id = await home.add();
    const problem = await problemIn(await whileTimePasses(home, home.put(id, { preset: 77 })));
    assertEquals([problem.status, problem.detail], [409, "Device 'Shelf' has no preset 77"]);
    assertEquals((await home.device(id))["state"], AT_FIRST);
    assertEquals(home.log(), []);
  }, { started: false });
});

Deno.test("identify lets a light blink, leaves it as it was, and is on record as nothing else", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    for (const on of [true, false]) {
      light.state.on = on;
      light.asked.length = 0;
      assertEquals((await whileTimePasses(home, identify(home, id))).status, 204);
      assertEquals(light.state.on, on);
      assertEquals(light.asked, ["GET /json/si", ...Array(5).fill("POST /json/state")]);
    }
    assertEquals(home.log().map(([actor, action]) => [actor, action]), [
      ["anna", "device.identified"],
      ["system", "device.state_changed"], // the test switched it off in between
      ["anna", "device.identified"],
    ]);
    assertEquals([home.entries()[0]?.entity_id, home.log()[0]?.[2]], [id, {}]);
  }, { started: false });
});

Deno.test("what is not as it must be is refused by its name, and the light is not asked", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    const bad: readonly (readonly [unknown, readonly string[]])[] = [
      [{}, [""]],
      [[], [""]],
      ["on", [""]],
      [null, [""]],
      [{ on: "t" }, ["on"]],
      [{ on: null }, ["on"]],
      [{ brightness: 0 }, ["brightness"]],
      [{ brightness: 1.01 }, ["brightness"]],
      [{ brightness: "0.5" }, ["brightness"]],
      [{ brightness: -1, on: true }, ["brightness"]],
      [{ color: "red" }, ["color"]],
      [{ color: "#ff88" }, ["color"]],
      [{ color: null }, ["color"]],
      [{ preset: 0 }, ["preset"]],
      [{ preset: 251 }, ["preset"]],
      [{ preset: 1.5 }, ["preset"]],
      [{ on: true, bri: 3 }, ["bri"]],
      [{ on: 1, color: 2 }, ["on", "color"]],
    ];
    for (const [body, fields] of bad) {
      assertEquals(await refusal(await home.put(id, body)), [422, ...fields], JSON.stringify(body));
    }
    assertEquals(light.asked, []);
    assertEquals(home.log(), []);
  }, { started: false });
});

Deno.test("only an enabled device with a light can be switched", async () => {
  await withHome(async (home, light) => {
    const disabled = await home.add({ enabled: false });
    const router = await home.add({
      name: "R",
      device_type: "routeros",
      url: "ssh://127.0.0.1",
      ssh_user: "backup",
      ssh_identity: "/keys/id",
    });
    const expected: readonly (readonly [string, number, string])[] = [
      [disabled, 409, "Cannot switch device 'Shelf': it is disabled"],
      [router, 409, "Cannot switch device 'R': its type has no light"],
      ["dev_gone", 404, 'Cannot find device "dev_gone"'],
    ];
    for (const [id, status, detail] of expected) {
      const state = `/api/v1/devices/${id}/state`;
      for (
        const answer of [await home.call("GET", state), await home.put(id, { on: true }), await identify(home, id)]
      ) {
        const problem = await problemIn(answer);
        assertEquals([problem.status, problem.detail], [status, detail]);
      }
    }
    assertEquals(light.asked, []);
  }, { started: false });
});

Deno.test("a light that cannot be reached or does not answer is told apart", async () => {
  let hangs = false;
  await withHome(async (home, light) => {
    const id = await home.add();
    light.treat = (_request, _answer, drop) => drop();
    const failed = await problemIn(await home.call("GET", `/api/v1/devices/${id}/state`));
    assertEquals([failed.status, failed.type, failed.reason], [
      502,
      "urn:lumenlog:problem:device_failed",
      "unreachable",
    ]);
    hangs = true;
    light.treat = () => {};
    const late = await problemIn(await home.put(id, { on: false }));
    assertEquals([late.status, late.type, late.detail], [
      504,
      "urn:lumenlog:problem:device_timeout",
      "Cannot read device 'Shelf': no answer in time",
    ]);
    assertEquals((await problemIn(await identify(home, id))).status, 504);
    assertEquals(home.log(), []);
  }, { started: false, patience: () => hangs ? 150 : 60_000 });
});

Deno.test("a light that fails while it blinks is put right as far as it lets, and what is left was its caller's", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    let posts = 0;
    light.treat = (request, answer, drop) => request.startsWith("POST") && ++posts > 1 ? drop() : answer();
    assertEquals((await whileTimePasses(home, identify(home, id))).status, 502);
    assertEquals([light.state.on, posts], [false, 3]);
    light.treat = (_request, answer) => answer();
    await bodyOf(await home.call("GET", `/api/v1/devices/${id}/state`));
    assertEquals(home.log(), [["anna", "device.state_changed", { source: "api", on: false }]]);
  }, { started: false });
});

Deno.test("a light is asked one thing at a time, whoever asks", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    light.treat = (_request, answer) => void setTimeout(answer, 3);
    home.time.pass(33_000);
    const reads = Array.from({ length: 8 }, () => home.call("GET", `/api/v1/devices/${id}/state`));
    const change = home.put(id, { on: false });
    assertEquals((await Promise.all([...reads, change])).map(({ status }) => status), Array(9).fill(200));
    await home.checked(id);
    assertEquals(light.mostAtOnce(), 1);
    assert(light.asked.length >= 12);
  });
});

Deno.test("more than a light can serve is refused at once, and so is whoever has waited too long", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    const held: (() => void)[] = [];
    light.treat = (_request, answer) => void held.push(answer);
    const statuses: number[] = [];
    const read = () => home.call("GET", `/api/v1/devices/${id}/state`).then(({ status }) => void statuses.push(status));
    const all = Array.from({ length: 40 }, read);
    await eventually("the refusals", () => Promise.resolve(statuses.length === 7 || undefined));
    assertEquals(statuses, Array(7).fill(503));
    home.time.pass(10_000);
    await eventually("the waiting to be refused", () => Promise.resolve(statuses.length === 39 || undefined));
    held.forEach((answer) => answer());
    await Promise.all(all);
    assertEquals(statuses.toSorted(), [200, ...Array(39).fill(503)]);
    light.treat = (_request, answer) => answer();
    assertEquals((await home.call("GET", `/api/v1/devices/${id}/state`)).status, 200);
  }, { started: false });
});
