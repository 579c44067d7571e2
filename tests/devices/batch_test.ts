import { assert, assertEquals } from "@std/assert";
import { createBatch } from "../../src/http/batch.ts";
import { type Body, bodyOf, refusal } from "../api/answers.ts";
import { anId } from "../entities/samples.ts";
import { eventually } from "../runtime/waiting.ts";
import { type Home, withHome } from "./home.ts";
import { startStubLight, type StubLight } from "./stub_light.ts";

const STATES = "/api/v1/devices/states";
const AT_FIRST = { on: true, brightness: 0.502, color: "#ffa000", preset: null };

/** The items of an answer about many devices. */
const itemsOf = (body: Body) => body["items"] as readonly Body[];

async function withLights(count: number, work: (lights: readonly StubLight[]) => Promise<void>): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const lights = await Promise.all(Array.from({ length: count }, () => startStubLight()));
  lights.forEach((light) => stack.use(light));
  await work(lights);
}

const addAll = (home: Home, lights: readonly StubLight[]) =>
  Promise.all(lights.map(({ url }, number) => home.add({ name: `Light ${String(number).padStart(3, "0")}`, url })));

Deno.test("power, brightness and colour can be set one by one, with the same answers and entries", async () => {
  await withHome(async (home) => {
    const id = await home.add();
    const put = (name: string, json: unknown) => home.call("PUT", `/api/v1/devices/${id}/${name}`, { json });
    assertEquals(await bodyOf(await put("power", { on: false })), { ...AT_FIRST, on: false });
    home.time.pass(2000);
    assertEquals((await bodyOf(await put("power", { on: true })))["on"], true);
    home.time.pass(2000);
    assertEquals((await bodyOf(await put("brightness", { brightness: 0.4 })))["brightness"], 0.4);
    home.time.pass(2000);
    assertEquals((await bodyOf(await put("color", { color: "#FF8800" })))["color"], "#ff8800");
    assertEquals(home.log(), [
      ["anna", "device.state_changed", { source: "api", on: false }],
      ["anna", "device.state_changed", { source: "api", on: true }],
      ["anna", "device.state_changed", { source: "api", brightness: 0.4 }],
      ["anna", "device.state_changed", { source: "api", color: "#ff8800" }],
    ]);
    const refused: readonly (readonly [string, unknown, string])[] = [
      ["power", {}, "on"],
      ["power", { on: 1 }, "on"],
      ["power", { brightness: 1 }, "on"],
      ["brightness", { brightness: 0 }, "brightness"],
      ["brightness", { brightness: 1.1 }, "brightness"],
      ["color", { color: "red" }, "color"],
      ["color", { color: "#ffffff", on: true }, "on"],
    ];
    for (const [name, json, field] of refused) {
      const [status, ...fields] = await refusal(await put(name, json));
      assertEquals([status, fields.includes(field)], [422, true], `${name} ${JSON.stringify(json)}`);
    }
    assertEquals(home.log().length, 4);
  }, { started: false });
});

Deno.test("what is known of the lights is told without asking any of them", async () => {
  await withHome(async (home, light) => {
    const shelf = await home.add();
    const gear = await home.add({ name: "Gear", device_type: "routeros", url: "ssh://127.0.0.1", ssh_user: "a" });
    await bodyOf(await home.put(shelf, { on: false }));
    const asked = light.asked.length;
    const all = await bodyOf(await home.call("GET", STATES));
    const unknown = { online: null, latency_ms: null, last_seen_at: null, offline_reason: null, state: null };
    const { latency_ms, last_seen_at, ...known } = itemsOf(all)[1]!;
    assertEquals([itemsOf(all)[0], all["total"]], [{ device_id: gear, name: "Gear", ...unknown }, 2]);
    const state = { ...AT_FIRST, on: false };
    assertEquals(known, { device_id: shelf, name: "Shelf", online: true, offline_reason: null, state });
    assertEquals([typeof latency_ms, typeof last_seen_at], ["number", "string"]);
    const some = await bodyOf(await home.call("GET", `${STATES}?ids=${shelf},${anId("dev")}`));
    assertEquals([itemsOf(some).map(({ device_id }) => device_id), some["total"]], [[shelf], 1]);
    const both = await bodyOf(await home.call("GET", `${STATES}?ids=${shelf}&ids=${gear}`));
    assertEquals(both, all);
    assertEquals(light.asked.length, asked);
    for (const query of ["?ids=", `?ids=${shelf},${shelf}`, "?ids=a,,b", "?id=a", `?ids=${"x".repeat(65)}`]) {
      assertEquals((await refusal(await home.call("GET", STATES + query)))[0], 422, query);
    }
  }, { started: false });
});

Deno.test("many lights are changed at once, and what fails with one is said of that one", async () => {
  await withLights(3, async ([well, gone, off]) => {
    await withHome(async (home, light) => {
      const shelf = await home.add();
      const [a, b, c] = await Promise.all([
        home.add({ name: "Well", url: well!.url }),
        home.add({ name: "Gone", url: gone!.url }),
        home.add({ name: "Off", url: off!.url, enabled: false }),
      ]);
      const gear = await home.add({ name: "Gear", device_type: "routeros", url: "ssh://127.0.0.1" });
      await gone![Symbol.asyncDispose]();
      light.state.on = false;
      const ids = [shelf, a, b, c, gear, anId("dev")];
      const answer = await bodyOf(await home.call("PUT", STATES, { json: { ids, on: false } }));
      const told = itemsOf(answer).map(({ device_id, name, ok, error }) => [
        device_id,
        name,
        ok,
        (error as Body | undefined)?.["code"],
      ]);
      assertEquals(told, [
        [shelf, "Shelf", true, undefined],
        [a, "Well", true, undefined],
        [b, "Gone", false, "device_failed"],
        [c, "Off", false, "conflict"],
        [gear, "Gear", false, "conflict"],
        [anId("dev"), null, false, "not_found"],
      ]);
      assertEquals([answer["succeeded"], answer["failed"]], [2, 4]);
      assertEquals(itemsOf(answer)[1]?.["state"], { ...AT_FIRST, on: false });
      assertEquals(home.entries().map(({ actor, entity_name }) => [actor, entity_name]), [["anna", "Well"]]);
      assertEquals(off!.asked, []);

      home.time.pass(2000);
      const every = await bodyOf(await home.call("PUT", STATES, { json: { on: true } }));
      assertEquals(itemsOf(every).map(({ name, ok }) => [name, ok]), [["Gone", false], ["Shelf", true], [
        "Well",
        true,
      ]]);
    }, { started: false });
  });
});

Deno.test("three hundred lights are changed sixteen at a time, each on record, and one that hangs holds up no other", async () => {
  await withLights(300, async (lights) => {
    await withHome(async (home) => {
      await addAll(home, lights);
      let [underWay, most] = [0, 0];
      let release = () => {};
      lights.forEach((light, number) => {
        light.treat = (request, answer, drop) => {
          if (number === 7) return void (release = drop);
          if (request.startsWith("GET")) most = Math.max(most, ++underWay);
          // The first look begins a light's turn, the last answer ends it.
          if (request.startsWith("POST")) underWay--;
          answer();
        };
      });
      const answer = home.call("PUT", STATES, { json: { on: false } });
      await eventually(
        "all others",
        () => Promise.resolve(lights.filter(({ state }) => state.on).length === 1 || undefined),
      );
      release();
      const { items, succeeded, failed } = await bodyOf(await answer) as { readonly [name: string]: unknown };
      assertEquals([succeeded, failed], [299, 1]);
      const failures = (items as readonly Body[]).filter(({ ok }) => !ok).map(({ name }) => name);
      assertEquals(failures, ["Light 007"]);
      const recorded = home.entries().filter(({ actor, action }) =>
        actor === "anna" && action === "device.state_changed"
      );
      assertEquals(new Set(recorded.map(({ entity_id }) => entity_id)).size, 299);
      assertEquals(recorded.length, 299);
      assert(most > 1 && most <= 16, `${most} at a time`);
    }, { started: false });
  });
});

Deno.test("a change of many lights that cannot be right is refused as a whole", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    const asked = light.asked.length;
    const bad: readonly Body[] = [
      {},
      { ids: [id] },
      { ids: [], on: true },
      { ids: [id, id], on: true },
      { ids: id, on: true },
      { ids: [7], on: true },
      { ids: Array.from({ length: 1001 }, (_, n) => `dev_${n}`), on: true },
      { ids: [id], on: "yes" },
      { ids: [id], brightness: 2 },
      { ids: [id], on: true, name: "x" },
    ];
    for (const json of bad) {
      assertEquals(
        (await refusal(await home.call("PUT", STATES, { json })))[0],
        422,
        JSON.stringify(json).slice(0, 80),
      );
    }
    assertEquals([light.asked.length, home.log()], [asked, []]);
  }, { started: false });
});

Deno.test("a mistake of the server's own with one of many is logged, shown to nobody, and stops no other", async () => {
  const logged: string[] = [];
  const batch = createBatch({
    log: { error: (message, fields) => void logged.push(`${message} ${fields?.["error"]}`) },
  });
  const outcomes = await batch(["a", "b", "c"], (id) => {
    if (id === "b") return Promise.reject(new Error("secret"));
    return Promise.resolve(id.toUpperCase());
  });
  assertEquals(outcomes, [
    { ok: true, value: "A" },
    { ok: false, error: { code: "internal", message: "Something went wrong in the server" } },
    { ok: true, value: "C" },
  ]);
  assertEquals(logged, ["Cannot do the work for one of many Error: secret"]);
  assertEquals(await batch([], () => Promise.resolve(1)), []);
});
