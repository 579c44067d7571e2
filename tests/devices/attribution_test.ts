import { assert, assertEquals } from "@std/assert";
import { problemIn } from "../api/answers.ts";
import { createRandom } from "../support/random.ts";
import { BEN, bodyOf, type Home, WINDOW_MS, withHome } from "./home.ts";
import { whileTimePasses } from "./passing_time.ts";
import type { StubLight } from "./stub_light.ts";

Deno.test("what somebody does at the light itself is seen by the next check, as nobody's here", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    light.state.on = false;
    light.state.bri = 102;
    await home.check(id);
    const [entry] = home.entries();
    assertEquals([entry?.actor, entry?.message], [
      "system",
      "Device 'Shelf' turned off, dimmed to 40 % (changed elsewhere)",
    ]);
    assertEquals(home.log()[0]?.[2], { source: "external", on: false, brightness: 0.4 });
    await home.check(id);
    assertEquals(home.log().length, 1);
  });
});

Deno.test("what was done elsewhere right before a change here is not put down to whoever made that", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    light.state.bri = 51;
    await bodyOf(await home.put(id, { on: false }));
    assertEquals(home.log(), [
      ["system", "device.state_changed", { source: "external", brightness: 0.2 }],
      ["anna", "device.state_changed", { source: "api", on: false }],
    ]);
  });
});

Deno.test("a check that comes after a change does not tell of it again", async () => {
  await withHome(async (home) => {
    const id = await home.add();
    await home.checked(id);
    await bodyOf(await whileTimePasses(home, home.put(id, { preset: 1 })));
    await home.check(id);
    assertEquals(home.log().map(([actor, , { source }]) => [actor, source]), [["anna", "api"]]);
  });
});

Deno.test("a change whose answer was lost is looked for, and was its caller's if it came about", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    light.treat = (request, answer) => {
      // The light does as it is told, and hangs before it says so.
      if (request.startsWith("POST")) light.state.on = false;
      else answer();
    };
    const problem = await problemIn(await home.put(id, { on: false }));
    assertEquals([problem.status, problem.detail], [
      504,
      "Cannot tell whether device 'Shelf' changed: no answer in time",
    ]);
    await home.checked(id); // that was the reading before the change
    home.time.pass(1000);
    await home.checked(id);
    assertEquals(home.log(), [["anna", "device.state_changed", { source: "api", on: false }]]);
  }, { patience: (_url, method) => method === "POST" ? 200 : 60_000 });
});

Deno.test("a lost dim is its caller's too, although the light knows fewer steps", async () => {
  for (const brightness of [0.5, 0.3, 0.35, 0.7, 0.99, 0.001]) {
    await withHome(async (home, light) => {
      const id = await home.add();
      await home.checked(id);
      light.treat = (request, answer) => {
        if (request.startsWith("POST")) light.state.bri = Math.max(1, Math.round(brightness * 255));
        else answer();
      };
      light.state.bri = 200;
      await home.check(id);
      assertEquals((await home.put(id, { brightness })).status, 504);
      home.time.pass(1000);
      await home.checked(id);
      await home.checked(id);
      assertEquals(home.log().map(([actor]) => actor), ["system", "anna"], String(brightness));
    }, { patience: (_url, method) => method === "POST" ? 200 : 60_000 });
  }
});

Deno.test("what was refused or never sent is nobody's when somebody else does it", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    const refused = await whileTimePasses(home, home.put(id, { preset: 77, on: false }));
    assertEquals(refused.status, 409);
    light.state.on = false;
    await bodyOf(await home.call("GET", `/api/v1/devices/${id}/state`));
    assertEquals(home.log(), [["system", "device.state_changed", { source: "external", on: false }]]);
  });
});

Deno.test("a change that was lost for good is forgotten: what comes later is not its caller's", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await home.checked(id);
    light.treat = (request, answer, drop) => request.startsWith("POST") ? drop() : answer();
    assertEquals((await home.put(id, { on: false })).status, 502);
    await home.checked(id);
    await home.check(id);
    await home.check(id);
    light.state.on = false;
    await home.check(id);
    assertEquals(home.log(), [["system", "device.state_changed", { source: "external", on: false }]]);
  });
});

/** The state that the log tells of, from the first known one on. */
function told(home: Home, first: Readonly<Record<string, unknown>>) {
  return home.log().filter(([, action]) => action === "device.state_changed").reduce(
    (state, [, , { source: _, changes: __, ...fields }]) => ({ ...state, ...fields }),
    first,
  );
}

/** One thing that somebody does, here or at the light. */
async function act(home: Home, light: StubLight, id: string, random: ReturnType<typeof createRandom>) {
  const brightness = (1 + random.int(255)) / 255;
  const wanted = random.pick([{ on: true }, { on: false }, { brightness }, {
    color: random.pick(["#ff0000", "#00ff00"]),
  }, {
    brightness,
    color: "#0000ff",
  }]);
  const kind = random.int(10);
  if (kind < 4) return home.put(id, wanted);
  if (kind < 6) return home.put(id, wanted, BEN);
  if (kind === 6) light.state.on = !light.state.on;
  else if (kind === 7) light.state.bri = 1 + random.int(255);
  else if (kind === 8) home.time.pass(random.int(WINDOW_MS));
  else await home.call("GET", `/api/v1/devices/${id}/state`);
  return undefined;
}

for (const seed of [1, 2, 3]) {
  Deno.test(`whoever changes a light in whatever order, the log leads to what it shows (seed ${seed})`, async () => {
    await withHome(async (home, light) => {
      const random = createRandom(seed);
      const id = await home.add();
      const first = await bodyOf(await home.call("GET", `/api/v1/devices/${id}/state`));
      const answers: Promise<Response>[] = [];
      for (let step = 0; step < 80; step++) {
        const answer = act(home, light, id, random).then((response) => response ?? new Response(null));
        answers.push(answer);
        // Some of them at once, most of them one after the other.
        if (random.chance(0.8)) await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 15))]);
      }
      const all = Promise.all(answers).then(() => new Response());
      await whileTimePasses(home, all);
      assert((await Promise.all(answers)).every(({ status }) => status === 200));
      const last = await bodyOf(await home.call("GET", `/api/v1/devices/${id}/state`));
      home.time.pass(WINDOW_MS);
      await home.call("GET", `/api/v1/devices/${id}/state`);
      assertEquals(told(home, first), last);
      const actors = new Set(home.log().map(([actor, , { source }]) => `${actor} ${source}`));
      assertEquals([...actors].toSorted(), ["anna api", "ben api", "system external"]);
    }, { started: false });
  });
}
