import { assertEquals } from "@std/assert";
import { createSteadyReading } from "../../../src/ui/base/steady_reading.ts";
import { settled } from "../entities/hand_api.ts";
import { createHandLive } from "../lights/hand_live.ts";
import { createHandClock } from "../lights/light_desk.ts";

const GROWN = { type: "caught_up", seq: 1 } as const;
const CLEARED = { type: "log_cleared", up_to_seq: 1 } as const;

/** Readings that end when the test says so. */
function createDesk() {
  const live = createHandLive();
  const clock = createHandClock();
  const begun: { readonly signal: AbortSignal; end(): Promise<void> }[] = [];
  let seen = true;
  const reading = createSteadyReading({
    live,
    timer: clock.timer,
    isSeen: () => seen,
    restMs: 5000,
    read: (signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      begun.push({
        signal,
        end: async () => {
          resolve();
          await settled();
        },
      });
      return promise;
    },
  });
  clock.pass(0);
  const end = () => begun.at(-1)?.end();
  return { live, clock, begun, reading, end, look: (at: boolean) => void (seen = at) };
}

Deno.test("it reads at once, then as the log grows, with a rest in between", async () => {
  const desk = createDesk();
  assertEquals(desk.begun.length, 1);
  desk.live.say(GROWN);
  await desk.end();
  assertEquals(desk.begun.length, 1);
  desk.clock.pass(4999);
  assertEquals(desk.begun.length, 1);
  desk.clock.pass(1);
  assertEquals(desk.begun.length, 2);
  await desk.end();
  desk.clock.pass(60_000);
  assertEquals(desk.begun.length, 2, "nothing new came");
  desk.live.say(GROWN);
  assertEquals(desk.begun.length, 3);
});

Deno.test("a log that was emptied is read as soon as the reading under way has ended", async () => {
  const desk = createDesk();
  desk.live.say(CLEARED);
  assertEquals(desk.begun.length, 1);
  assertEquals(desk.begun[0]?.signal.aborted, true, "what was being read is of before");
  await desk.end();
  assertEquals(desk.begun.length, 2);
  assertEquals(desk.begun[1]?.signal.aborted, false);
  await desk.end();
  desk.live.say(CLEARED);
  assertEquals(desk.begun.length, 3, "nor does it wait for the end of a rest");
});

Deno.test("a reading that took long is followed by a longer rest", async () => {
  const desk = createDesk();
  desk.clock.pass(2000);
  desk.live.say(GROWN);
  await desk.end();
  desk.clock.pass(19_999);
  assertEquals(desk.begun.length, 1);
  desk.clock.pass(1);
  assertEquals(desk.begun.length, 2);
});

Deno.test("nothing is read for a page that nobody sees, until somebody looks", async () => {
  const desk = createDesk();
  await desk.end();
  desk.look(false);
  desk.live.say(GROWN);
  desk.clock.pass(60_000);
  assertEquals(desk.begun.length, 1);
  desk.look(true);
  desk.reading.wake();
  assertEquals(desk.begun.length, 2);
});

Deno.test("who stops hears and reads no more", async () => {
  const desk = createDesk();
  desk.reading.stop();
  assertEquals(desk.begun[0]?.signal.aborted, true);
  await desk.end();
  desk.live.say(CLEARED);
  desk.clock.pass(60_000);
  assertEquals(desk.begun.length, 1);
});
