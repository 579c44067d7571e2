import { assertEquals } from "@std/assert";
import { pixelsOf, shows, until, withController } from "./support.ts";

const SOLID = [128, 80, 0, 128, 80, 0, 128, 80, 0, 128, 80, 0];

/** Packets written by hand from the description of the protocols, and what four dark LEDs show then. */
const PACKETS: Readonly<Record<string, readonly [bytes: readonly number[], shown: readonly number[]]>> = {
  "WARLS": [[1, 2, 3, 10, 11, 12, 0, 1, 2, 3, 9, 5, 5, 5], [1, 2, 3, 0, 0, 0, 0, 0, 0, 10, 11, 12]],
  "DRGB": [[2, 2, 1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0]],
  "DRGBW": [[3, 2, 1, 2, 3, 100, 0, 0, 0, 7], [101, 102, 103, 7, 7, 7, 0, 0, 0, 0, 0, 0]],
  "DNRGB": [[4, 2, 0, 3, 1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]],
  "DNRGBW": [[5, 2, 0, 1, 1, 2, 3, 1], [0, 0, 0, 2, 3, 4, 0, 0, 0, 0, 0, 0]],
};

for (const [name, [bytes, shown]] of Object.entries(PACKETS)) {
  Deno.test(`${name} is shown, and info says that it comes by UDP`, () =>
    withController(async ({ controller, read, realtime }) => {
      await realtime(...bytes);
      await shows(controller, ...shown);
      const { live, lm, lip } = Object(await read("/json/info"));
      assertEquals([live, lm, lip], [true, "UDP", "127.0.0.1"]);
    }));
}

Deno.test("packets that are too short, of no protocol, or beyond the strip are ignored", () =>
  withController(async ({ controller, realtime }) => {
    const bad = [
      [],
      [2],
      [2, 5],
      [2, 5, 1, 1],
      [1, 5, 0, 1, 1],
      [3, 5, 1, 1, 1],
      [4, 5, 0],
      [4, 5, 0, 0, 9],
      [
        4,
        5,
        0,
        4,
        1,
        1,
        1,
      ],
      [5, 5, 0, 0, 1, 1, 1],
      [0, 5, 1, 1, 1],
      [6, 5, 1, 1, 1],
      [9, 0],
    ];
    for (const bytes of bad) await realtime(...bytes);
    await realtime(4, 2, 0, 3, 9, 9, 9);
    await shows(controller, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9);
  }));

Deno.test("a stream ends when its packets stop for as long as they said", () =>
  withController(async ({ clock, controller, realtime, read }) => {
    await realtime(2, 5, 1, 1, 1);
    await until(() => controller.streamSource() !== undefined, "a stream");
    clock.step(4999);
    assertEquals(pixelsOf(controller).slice(0, 3), [1, 1, 1]);
    clock.step(1);
    assertEquals(pixelsOf(controller), SOLID);
    const { live, lm, lip } = Object(await read("/json/info"));
    assertEquals([live, lm, lip, clock.waiting()], [false, "", "", 0]);
  }));

Deno.test("DDP ends after two and a half seconds, counted from the last packet, with one timer", () =>
  withController(async ({ clock, controller, ddp }) => {
    const send = async (level: number) => {
      await ddp(0x41, 1, 0x0b, 1, 0, 0, 0, 0, 0, 3, level, 0, 0);
      await shows(controller, level, ...Array(11).fill(0));
    };
    await send(1);
    clock.step(2000);
    await send(2);
    assertEquals(clock.waiting(), 1);
    clock.step(2499);
    assertEquals(controller.streamSource()?.mode, "DDP");
    clock.step(1);
    assertEquals(pixelsOf(controller), SOLID);
  }));

Deno.test("a shorter time than before counts, 255 is for ever, and 0 leaves at once", () =>
  withController(async ({ clock, controller, realtime }) => {
    await realtime(2, 255, 1, 1, 1);
    await shows(controller, 1, 1, 1, ...Array(9).fill(0));
    clock.step(1e9);
    assertEquals([controller.streamSource()?.mode, clock.waiting()], ["UDP", 0]);
    await realtime(2, 200, 2, 2, 2);
    await realtime(2, 1, 3, 3, 3);
    await shows(controller, 3, 3, 3, ...Array(9).fill(0));
    clock.step(1000);
    assertEquals(pixelsOf(controller), SOLID);
    await realtime(2, 255, 1, 1, 1);
    await shows(controller, 1, 1, 1, ...Array(9).fill(0));
    await realtime(2, 0);
    await shows(controller, ...SOLID);
  }));

Deno.test("a stream begins dark, whatever the one before painted", () =>
  withController(async ({ clock, controller, realtime }) => {
    await realtime(2, 1, 1, 1, 1, 2, 2, 2);
    await shows(controller, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0, 0, 0);
    clock.step(1000);
    await realtime(2, 1, 9, 9, 9);
    await shows(controller, 9, 9, 9, ...Array(9).fill(0));
  }));

Deno.test("the state wins over a stream when told so, once or for good", () =>
  withController(async ({ clock, controller, realtime }) => {
    const stream = async () => {
      await realtime(2, 1, 1, 1, 1);
      await until(() => controller.streamSource() !== undefined, "a stream");
    };
    controller.apply({ lor: 1 });
    await stream();
    assertEquals(pixelsOf(controller), SOLID);
    clock.step(1000);
    assertEquals(controller.state().lor, 0);
    controller.apply({ lor: 2 });
    await stream();
    clock.step(1000);
    assertEquals(controller.state().lor, 2);
    await stream();
    controller.apply({ live: false });
    assertEquals(controller.streamSource(), undefined);
  }));

Deno.test("a taken UDP port is replaced by a free one, with a warning", async () => {
  const warnings: string[] = [];
  await withController(({ controller: first }) =>
    withController(async ({ controller, realtime }) => {
      assertEquals(warnings.length, 1);
      assertEquals(warnings[0]?.startsWith(`UDP port ${first.realtimePort} cannot be used`), true, warnings[0]);
      await realtime(2, 1, 1, 1, 1);
      await shows(controller, 1, 1, 1, ...Array(9).fill(0));
      assertEquals(first.streamSource(), undefined);
    }, { realtimePort: first.realtimePort, onWarning: (message) => void warnings.push(message) })
  );
});
