import { assert, assertEquals } from "@std/assert";
import { eventually } from "../runtime/waiting.ts";
import { BEN, bodyOf, type Home, WINDOW_MS, withHome } from "./home.ts";
import type { StubLight } from "./stub_light.ts";

/** Sends a change and waits until the light shows it; the answer may have to wait longer. */
async function send(home: Home, light: StubLight, id: string, bri: number, token?: string) {
  let answered = false;
  const answer = home.put(id, { brightness: bri / 255 }, token).then(async (response) => {
    answered = true;
    return await bodyOf(response);
  });
  const known = async () => {
    const { state } = await home.device(id);
    return JSON.stringify(state).includes(`"brightness":${share(bri)},`) || undefined;
  };
  await eventually(`${bri} to show`, known);
  assertEquals(light.state.bri, bri);
  return { answer, answered: () => answered };
}

const share = (bri: number) => Math.round(bri / 255 * 1000) / 1000;
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

Deno.test("the first change is recorded at once, the next ones within two seconds as one entry that their answers await", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    const first = await send(home, light, id, 10);
    await first.answer;
    assertEquals(home.log(), [["anna", "device.state_changed", { source: "api", brightness: share(10) }]]);
    home.time.pass(500);
    const second = await send(home, light, id, 20);
    const third = await send(home, light, id, 30);
    await settle();
    assertEquals([second.answered(), third.answered(), home.log().length], [false, false, 1]);
    home.time.pass(1499);
    await settle();
    assertEquals([second.answered(), third.answered(), home.log().length], [false, false, 1]);
    home.time.pass(1);
    await Promise.all([second.answer, third.answer]);
    const both = { source: "api", brightness: share(30), changes: 2 };
    assertEquals(home.log().slice(1), [["anna", "device.state_changed", both]]);
    // The end of one window is the beginning of the next.
    const fourth = await send(home, light, id, 40);
    await settle();
    assertEquals(fourth.answered(), false);
    home.time.pass(WINDOW_MS);
    await fourth.answer;
    assertEquals(home.log().slice(2), [["anna", "device.state_changed", { source: "api", brightness: share(40) }]]);
    home.time.pass(WINDOW_MS);
    await (await send(home, light, id, 50)).answer;
    assertEquals(home.log().length, 4);
  }, { started: false });
});

Deno.test("no change is answered before its entry can be read", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    const seen: number[] = [];
    const answers: Promise<unknown>[] = [];
    for (let bri = 1; bri <= 12; bri++) {
      const { answer } = await send(home, light, id, bri);
      answers.push(answer.then(() => {
        const told = home.log().reduce((sum, [, , { changes }]) => sum + Number(changes ?? 1), 0);
        assert(told >= bri, `change ${bri} is answered when ${told} are on record`);
        seen.push(bri);
      }));
      home.time.pass(450);
    }
    home.time.pass(WINDOW_MS);
    await Promise.all(answers);
    assertEquals(seen.length, 12);
    assert(home.log().length < 7);
  }, { started: false });
});

Deno.test("two people at one light each have their entries, in the order in which its values were there", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await (await send(home, light, id, 10)).answer;
    await (await send(home, light, id, 20, BEN)).answer;
    const held = [await send(home, light, id, 30)];
    held.push(await send(home, light, id, 40));
    held.push(await send(home, light, id, 50, BEN));
    home.time.pass(WINDOW_MS);
    await Promise.all(held.map(({ answer }) => answer));
    assertEquals(home.log().map(([actor, , { brightness, changes }]) => [actor, brightness, changes]), [
      ["anna", share(10), undefined],
      ["ben", share(20), undefined],
      ["anna", share(40), 2],
      ["ben", share(50), undefined],
    ]);
  }, { started: false });
});

Deno.test("what others do to other sides of a light does not split anybody's entry", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await (await send(home, light, id, 10)).answer;
    const held = await send(home, light, id, 20);
    await bodyOf(await home.put(id, { color: "#00ff00" }, BEN));
    assertEquals(home.log().map(([actor]) => actor), ["anna", "ben"]);
    const more = await send(home, light, id, 30);
    home.time.pass(WINDOW_MS);
    await Promise.all([held.answer, more.answer]);
    assertEquals(home.log().slice(2), [["anna", "device.state_changed", {
      source: "api",
      brightness: share(30),
      changes: 2,
    }]]);
  }, { started: false });
});

Deno.test("lights are coalesced each on its own", async () => {
  await withHome(async (home, light) => {
    const one = await home.add();
    const other = await home.add({ name: "Other" });
    await (await send(home, light, one, 10)).answer;
    await home.call("GET", `/api/v1/devices/${other}/state`);
    await (await send(home, light, other, 20)).answer;
    assertEquals(home.entries().map(({ entity_name }) => entity_name), ["Shelf", "Other"]);
  }, { started: false });
});

Deno.test("a stop records what is held back, and then answers", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await (await send(home, light, id, 10)).answer;
    const held = await send(home, light, id, 20);
    await home.app.app.stop(async () => void await held.answer);
    const actions = home.app.entries().map(({ action, actor }) => `${action} ${actor}`);
    assertEquals(actions.slice(-2), ["server.shutting_down system", "device.state_changed anna"]);
  });
});

Deno.test("a device that is deleted takes no acknowledged change with it", async () => {
  await withHome(async (home, light) => {
    const id = await home.add();
    await (await send(home, light, id, 10)).answer;
    const held = await send(home, light, id, 20);
    assertEquals((await home.call("DELETE", `/api/v1/devices/${id}`)).status, 204);
    await held.answer;
    assertEquals(home.log().map(([actor, , { brightness }]) => [actor, brightness]), [
      ["anna", share(10)],
      ["anna", share(20)],
    ]);
    assertEquals(home.entries().map(({ entity_name }) => entity_name), ["Shelf", "Shelf"]);
  }, { started: false });
});
