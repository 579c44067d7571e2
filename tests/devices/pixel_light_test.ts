import { assertEquals } from "@std/assert";
import type { Sent } from "../../src/devices/device_udp.ts";
import { createPixelLight } from "../../src/devices/pixel_light.ts";
import { timeByHand } from "../auth/by_hand.ts";

const LOST = { ok: false, reason: "unresolved", sent: false } as const;
const FINE = { ok: true } as const;

/** A light of one LED at the end of a line that a test holds in its hand. */
function lightByHand() {
  const time = timeByHand();
  const frames: string[] = [];
  const line: { send: () => Promise<Sent> } = { send: () => Promise.resolve(FINE) };
  const sink = {
    send: (frame: Uint8Array) => {
      frames.push(frame.join());
      return line.send();
    },
    end: () => {
      frames.push("end");
      return Promise.resolve();
    },
  };
  const light = createPixelLight({ sink, ledCount: 1, delay: time.turn.delay, before: null });
  const { signal } = new AbortController();
  const set = (on: boolean) => light.apply({ on, color: "#010203" }, light.kept(), signal);
  const pass = async (ms: number) => {
    time.pass(ms);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return { light, line, frames, set, pass, blink: () => light.identify(light.kept(), signal), pending: time.pending };
}

Deno.test("a light that cannot be told goes on as it was, and so does what it is sent", async () => {
  const { light, line, frames, set, pass, blink } = lightByHand();
  await set(true);
  line.send = () => Promise.resolve(LOST);
  assertEquals(await set(false), LOST);
  assertEquals(await blink(), LOST);
  assertEquals(light.kept().on, true);
  line.send = () => Promise.resolve(FINE);
  frames.length = 0;
  await pass(1000);
  await pass(1000);
  assertEquals(frames, ["1,2,3", "1,2,3"]);
});

Deno.test("one that could not be switched on stays silent", async () => {
  const { light, line, frames, set, pass, pending } = lightByHand();
  line.send = () => Promise.resolve(LOST);
  assertEquals(await set(true), LOST);
  await pass(5000);
  assertEquals([light.kept().on, pending(), frames.length], [false, 0, 1]);
});

Deno.test("frames are left out, not heaped up, while one is still under way", async () => {
  const { line, frames, set, pass } = lightByHand();
  await set(true);
  const held = Promise.withResolvers<Sent>();
  line.send = () => held.promise;
  for (let second = 0; second < 5; second++) await pass(1000);
  assertEquals(frames.length, 2);
  held.resolve(FINE);
  await pass(0);
  await pass(1000);
  assertEquals(frames.length, 3);
});

Deno.test("a light that is closed while it is switched ends in the dark, and says that it is gone", async () => {
  const { light, line, frames, set, pending } = lightByHand();
  const held = Promise.withResolvers<Sent>();
  line.send = () => held.promise;
  const switched = set(true);
  const closed = light.close();
  held.resolve(FINE);
  await closed;
  assertEquals(await switched, { ok: false, reason: "unreachable", sent: false });
  assertEquals([frames, pending()], [["1,2,3", "0,0,0", "0,0,0", "0,0,0", "end"], 0]);
  assertEquals((await set(true)).ok, false);
  assertEquals(frames.length, 5);
});

Deno.test("switching on while a light is still being told to be dark wins", async () => {
  const { frames, set, pass } = lightByHand();
  await set(true);
  await set(false);
  await pass(100);
  await set(true);
  for (let second = 0; second < 2; second++) await pass(1000);
  assertEquals(frames, ["1,2,3", "0,0,0", "0,0,0", "1,2,3", "1,2,3", "1,2,3"]);
});

Deno.test("a frame that falls due while a light is switched does not undo it", async () => {
  for (const before of [true, false]) {
    const { line, frames, set, pass } = lightByHand();
    await set(true);
    await set(before);
    const held = Promise.withResolvers<Sent>();
    line.send = () => held.promise;
    frames.length = 0;
    const switched = set(!before);
    await pass(1000);
    held.resolve(FINE);
    await switched;
    assertEquals(frames, [before ? "0,0,0" : "1,2,3"]);
  }
});

Deno.test("a light that goes dark does so to the end, also when it could not be switched on meanwhile", async () => {
  const { line, frames, set, pass, pending } = lightByHand();
  await set(true);
  await set(false);
  line.send = () => Promise.resolve(LOST);
  assertEquals(await set(true), LOST);
  line.send = () => Promise.resolve(FINE);
  frames.length = 0;
  for (let tenth = 0; tenth < 5; tenth++) await pass(100);
  assertEquals([frames, pending()], [["0,0,0", "0,0,0", "end"], 0]);
});
