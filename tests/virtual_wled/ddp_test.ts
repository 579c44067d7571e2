import { assertEquals } from "@std/assert";
import { type Bench, pixelsOf, shows, until, withController } from "./support.ts";

// flags, sequence, type, destination, offset (4), length (2), data; written by hand from the specification of DDP.
const RED_GREEN = [0x41, 0x01, 0x0b, 0x01, 0, 0, 0, 0, 0, 6, 255, 0, 0, 0, 255, 0];
const BLUE_AT_2 = [0x41, 0x02, 0x0b, 0x01, 0, 0, 0, 6, 0, 3, 0, 0, 255];

/** Whatever was sent before, all of this is there afterwards. */
async function mark({ controller, ddp }: Bench): Promise<readonly number[]> {
  await ddp(0x41, 1, 0x0b, 1, 0, 0, 0, 9, 0, 3, 9, 9, 9);
  await until(() => pixelsOf(controller).slice(9).join() === "9,9,9", "the marker is shown");
  return pixelsOf(controller).slice(0, 9);
}

Deno.test("a frame in one packet is shown, unpainted LEDs stay dark", () =>
  withController(async ({ controller, ddp }) => {
    await ddp(...RED_GREEN);
    await shows(controller, 255, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0);
    await ddp(...BLUE_AT_2);
    await shows(controller, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0);
  }));

Deno.test("info tells how and from where, and brightness does not dim a stream", () =>
  withController(async ({ controller, ddp, read }) => {
    controller.apply({ bri: 1 });
    await ddp(...RED_GREEN);
    await shows(controller, 255, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0);
    const { live, lm, lip } = Object(await read("/json/info"));
    assertEquals([live, lm, lip], [true, "DDP", "127.0.0.1"]);
    assertEquals(controller.streamSource(), { mode: "DDP", address: "127.0.0.1" });
    assertEquals(Object(await read("/json/live")).leds[0], "ff0000");
  }));

Deno.test("a frame in several packets is shown with the one that pushes", async () => {
  let drawn = 0;
  await withController(async ({ controller, ddp }) => {
    await ddp(...RED_GREEN);
    await shows(controller, 255, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0);
    await ddp(0x40, 2, 0x0b, 1, 0, 0, 0, 0, 0, 3, 1, 1, 1);
    await ddp(0x40, 3, 0x0b, 1, 0, 0, 0, 3, 0, 3, 2, 2, 2);
    await ddp(0x41, 4, 0x0b, 1, 0, 0, 0, 0, 0, 0);
    await shows(controller, 1, 1, 1, 2, 2, 2, 0, 0, 0, 0, 0, 0);
    assertEquals(drawn, 2);
  }, { onChange: () => void drawn++ });
});

Deno.test("a sender that never pushes is shown packet by packet", () =>
  withController(async ({ controller, ddp }) => {
    await ddp(0x40, 0, 0x0b, 1, 0, 0, 0, 0, 0, 3, 7, 8, 9);
    await shows(controller, 7, 8, 9, ...Array(9).fill(0));
  }));

Deno.test("white shines through all three colours", () =>
  withController(async ({ controller, ddp }) => {
    await ddp(0x41, 1, 0x1b, 1, 0, 0, 0, 4, 0, 8, 10, 20, 30, 5, 0, 0, 250, 100);
    await shows(controller, 0, 0, 0, 15, 25, 35, 100, 100, 255, 0, 0, 0);
  }));

Deno.test("older data types, all outputs, and a timecode are understood", () =>
  withController(async ({ controller, ddp }) => {
    await ddp(0x41, 1, 0x00, 1, 0, 0, 0, 0, 0, 3, 1, 1, 1);
    await ddp(0x41, 1, 0x01, 255, 0, 0, 0, 3, 0, 3, 2, 2, 2);
    await ddp(0x51, 1, 0x0b, 1, 0, 0, 0, 6, 0, 3, 0xaa, 0xbb, 0xcc, 0xdd, 3, 3, 3);
    await shows(controller, 1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0, 0);
  }));

Deno.test("what reaches beyond the strip is cut off, and bytes after the length are left out", () =>
  withController(async ({ controller, ddp }) => {
    await ddp(0x41, 1, 0x0b, 1, 0, 0, 0, 9, 0, 6, 4, 4, 4, 5, 5, 5);
    await ddp(0x41, 1, 0x0b, 1, 0, 0, 0, 0, 0, 3, 6, 6, 6, 7, 7, 7);
    await shows(controller, 6, 6, 6, 0, 0, 0, 0, 0, 0, 4, 4, 4);
  }));

const IGNORED: Readonly<Record<string, readonly number[]>> = {
  "nothing at all": [],
  "half a header": RED_GREEN.slice(0, 9),
  "less data than the length says": RED_GREEN.slice(0, -1),
  "no room for its timecode": [0x51, ...RED_GREEN.slice(1)],
  "version 2": [0x81, ...RED_GREEN.slice(1)],
  "version 0": [0x01, ...RED_GREEN.slice(1)],
  "a query": [0x43, ...RED_GREEN.slice(1)],
  "a reply": [0x45, ...RED_GREEN.slice(1)],
  "from storage": [0x49, ...RED_GREEN.slice(1)],
  "an unknown type": [0x41, 1, 0x2b, ...RED_GREEN.slice(3)],
  "another destination": [0x41, 1, 0x0b, 250, ...RED_GREEN.slice(4)],
  "beyond the strip": [0x41, 1, 0x0b, 1, 0, 0, 0, 12, ...RED_GREEN.slice(8)],
  "far beyond the strip": [0x41, 1, 0x0b, 1, 255, 255, 255, 255, ...RED_GREEN.slice(8)],
};

for (const [what, bytes] of Object.entries(IGNORED)) {
  Deno.test(`a packet is ignored: ${what}`, () =>
    withController(async (bench) => {
      await bench.ddp(...bytes);
      assertEquals(await mark(bench), Array(9).fill(0));
    }));
}
