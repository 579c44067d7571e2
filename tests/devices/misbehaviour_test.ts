import { assert, assertEquals } from "@std/assert";
import { type Controller, type Misbehaviour, startController } from "../../virtual_wled/controller.ts";
import { problemIn } from "../api/answers.ts";
import { bodyOf, type Home, withHome } from "./home.ts";

/** What a device may do instead of answering, and the reason that it counts as offline for. */
const CASES: readonly (readonly [Misbehaviour, string])[] = [
  [{ kind: "offline" }, "unreachable"],
  [{ kind: "hang" }, "timeout"],
  [{ kind: "slow", ms: 60_000 }, "timeout"],
  [{ kind: "endless" }, "too_large"],
  [{ kind: "huge" }, "too_large"],
  [{ kind: "html" }, "not_json"],
  [{ kind: "garbage" }, "not_json"],
  [{ kind: "redirect", to: "http://192.0.2.1/json/si" }, "redirected"],
  [{ kind: "redirect", to: "http://localhost:8420/api/v1/devices" }, "redirected"],
  [{ kind: "wrong_types" }, "not_wled"],
  [{ kind: "status", code: 401 }, "http_error"],
  [{ kind: "status", code: 500 }, "http_error"],
];

/** Runs the work in a house with a virtual controller, and another light beside it that is well. */
async function withController(
  work: (home: Home, controller: Controller, ids: { readonly bad: string; readonly well: string }) => Promise<void>,
): Promise<void> {
  const controller = await startController({ name: "Shelf", ledCount: 30 });
  try {
    await withHome(async (home) => {
      const bad = await home.add({ url: controller.url });
      const well = await home.add({ name: "Desk" });
      await home.checked(bad);
      await home.checked(well);
      await work(home, controller, { bad, well });
    }, { patience: (url) => url.startsWith(controller.url) && isSilent(controller) ? 400 : 60_000 });
  } finally {
    await controller.close();
  }
}

const isSilent = (controller: Controller) => ["hang", "slow"].includes(controller.behaviour().kind);

for (const [how, reason] of CASES) {
  const shown = Object.values(how).join(" ");
  Deno.test(`a controller that misbehaves (${shown}) is offline: ${reason}; others go on`, async () => {
    await withController(async (home, controller, { bad, well }) => {
      await controller.misbehave(how);
      for (let check = 0; check < 2; check++) {
        await home.check(bad);
        assertEquals((await home.checked(well))["online"], true);
      }
      const device = await home.device(bad);
      assertEquals([device["online"], device["latency_ms"], device["offline_reason"]], [false, null, reason]);
      assert(device["state"] !== null, "what it showed last is still known");
      assertEquals(home.log(), [["system", "device.offline", { latency_ms: null }]]);
      const answer = await problemIn(await home.put(bad, { on: false }));
      assertEquals([answer.status, answer.reason], [reason === "timeout" ? 504 : 502, reason]);
      assertEquals((await bodyOf(await home.put(well, { on: false })))["on"], false);
      await controller.misbehave({ kind: "none" });
      await home.check(bad);
      assertEquals((await home.device(bad))["online"], true);
      assertEquals(home.log().map(([, action]) => action), [
        "device.offline",
        "device.state_changed",
        "device.online",
      ]);
    });
  });
}

Deno.test("a name that leads out of the local network after a while is asked no more, and its device is offline", async () => {
  let addresses = ["127.0.0.1"];
  await withHome(async (home, light) => {
    const url = light.url.replace("127.0.0.1", "desk.example");
    const id = await home.add({ url });
    assertEquals((await home.checked(id))["online"], true);
    const asked = light.asked.length;
    addresses = ["192.0.2.1"];
    await home.check(id);
    await home.check(id);
    assertEquals((await home.device(id))["offline_reason"], "not_lan");
    const [entry] = home.entries();
    assertEquals(entry?.message, "Device 'Shelf' went offline: its name leads out of the local network");
    assertEquals((await problemIn(await home.put(id, { on: false }))).reason, "not_lan");
    assertEquals(light.asked.length, asked);
  }, { resolve: () => Promise.resolve(addresses) });
});

Deno.test("nothing that a device says in its own words is passed on", async () => {
  await withController(async (home, controller, { bad }) => {
    for (const how of [{ kind: "html" }, { kind: "garbage" }, { kind: "wrong_types" }] as const) {
      await controller.misbehave(how);
      await home.check(bad);
      const answer = await (await home.call("GET", `/api/v1/devices/${bad}/state`)).text();
      const all = JSON.stringify([home.entries(), home.messages, home.app.log]) + answer;
      assert(!/<html|doctype|not http|garbage/i.test(all));
    }
  });
});

Deno.test("a change of mind at the controller, by its button or somebody's app, is seen as made elsewhere", async () => {
  await withController(async (home, controller, { bad: id }) => {
    controller.press();
    await home.check(id);
    controller.apply({ on: true, bri: 255, seg: [{ col: [[0, 0, 255]] }] });
    await home.check(id);
    assertEquals(home.log().map(([actor, , { source, on, color }]) => [actor, source, on, color]), [
      ["system", "external", false, undefined],
      ["system", "external", true, "#0000ff"],
    ]);
  });
});

Deno.test("a virtual controller is switched, dimmed and coloured", async () => {
  await withController(async (home, controller, { bad: id }) => {
    const answer = await bodyOf(await home.put(id, { on: true, brightness: 0.2, color: "#00ff80" }));
    assertEquals([answer["on"], answer["brightness"], answer["color"]], [true, 0.2, "#00ff80"]);
    assertEquals([controller.state().on, controller.state().bri], [true, 51]);
    assertEquals((await home.device(id))["state"], answer);
  });
});
