import { assert, assertEquals } from "@std/assert";
import type { Controller } from "../../virtual_wled/controller.ts";
import { type Bench, pixelsOf, withController } from "./support.ts";

const switched = ({ state }: Controller) => [state().on, state().bri];

async function posted({ post }: Bench, partial: unknown, path = "/json/state"): Promise<unknown> {
  const answer = await post(path, partial);
  assertEquals(answer.status, 200);
  return await answer.json();
}

Deno.test("a change is confirmed, and shown when asked for", () =>
  withController(async (bench) => {
    assertEquals(await posted(bench, { bri: 20 }), { success: true });
    assertEquals(Object(await posted(bench, { bri: 30, v: true })).bri, 30);
    const { state, info } = Object(await posted(bench, { bri: 40, v: true }, "/json/si"));
    assertEquals([state.bri, info.name], [40, "Shelf"]);
    assertEquals(Object(await posted(bench, { bri: 50, v: true }, "/json")).effects[0], "Solid");
    assertEquals(await posted(bench, { bri: 60 }, "/json"), { success: true });
    assertEquals(Object(await bench.read("/json/state")).bri, 60);
  }));

Deno.test("brightness 0 is off, and the brightness is kept for later", () =>
  withController(async (bench) => {
    await posted(bench, { bri: 77 });
    await posted(bench, { bri: 0 });
    assertEquals(switched(bench.controller), [false, 77]);
    assertEquals(pixelsOf(bench.controller), Array(12).fill(0));
    await posted(bench, { on: true });
    assertEquals(switched(bench.controller), [true, 77]);
  }));

const LIGHT_CASES: readonly (readonly [partial: unknown, on: boolean, bri: number])[] = [
  [{ on: false }, false, 128],
  [{ on: false, bri: 50 }, false, 50],
  [{ bri: 50 }, true, 50],
  [{ on: "t" }, false, 128],
  [{ on: "toggle", bri: 9 }, false, 9],
  [{ bri: "~10" }, true, 138],
  [{ bri: "~-10" }, true, 118],
  [{ bri: "~-300" }, false, 128],
  [{ bri: "~300" }, true, 255],
  [{ bri: 70000 }, true, 255],
  [{ bri: -5 }, true, 128],
  [{ bri: 12.7 }, true, 12],
  [{ bri: "60" }, true, 60],
  [{ bri: "much", on: 1 }, true, 128],
  [{ bri: null, on: null, nothing: [1] }, true, 128],
];

for (const [partial, on, bri] of LIGHT_CASES) {
  Deno.test(`a light on at 128 told ${JSON.stringify(partial)} is ${on ? "on" : "off"} at ${bri}`, () =>
    withController(async (bench) => {
      await posted(bench, partial);
      assertEquals(switched(bench.controller), [on, bri]);
    }));
}

Deno.test("toggling twice is as before, and a brightness turns a dark light on even with a toggle", () =>
  withController(async (bench) => {
    bench.controller.press();
    assertEquals(switched(bench.controller), [false, 128]);
    await posted(bench, { on: "t" });
    assertEquals(switched(bench.controller), [true, 128]);
    bench.controller.press();
    await posted(bench, { on: "t", bri: 30 });
    assertEquals(switched(bench.controller), [true, 30]);
  }));

Deno.test("colours come as numbers or as hexadecimal text, and are dimmed on the strip", () =>
  withController(async (bench) => {
    await posted(bench, { bri: 255, seg: { col: [[255, 0, 300]] } });
    assertEquals(bench.controller.state().seg[0]?.col[0], [255, 0, 255]);
    await posted(bench, { seg: { col: ["00ff80", [1, 2, 3, 4]] } });
    assertEquals(bench.controller.state().seg[0]?.col, [[0, 255, 128], [1, 2, 3], [0, 0, 0]]);
    await posted(bench, { bri: 51, seg: { bri: 128 } });
    assertEquals(pixelsOf(bench.controller).slice(0, 3), [0, 26, 13]);
  }));

Deno.test("a segment that is off is dark, and its brightness 0 means off", () =>
  withController(async (bench) => {
    await posted(bench, { seg: [{ stop: 2 }, { start: 2, stop: 4, col: [[0, 0, 255]] }] });
    await posted(bench, { bri: 255, seg: { id: 0, bri: 0 } });
    assertEquals(pixelsOf(bench.controller), [0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 255]);
    assertEquals(bench.controller.state().seg.map(({ on, bri }) => [on, bri]), [[false, 255], [true, 255]]);
  }));

Deno.test("without an id all selected segments change, with one that one", () =>
  withController(async (bench) => {
    const effects = () => bench.controller.state().seg.map(({ fx }) => fx);
    await posted(bench, { seg: [{ stop: 1 }, { start: 1, stop: 2, sel: false }, { start: 2, stop: 4 }] });
    await posted(bench, { seg: { fx: 3 } });
    assertEquals(effects(), [3, 0, 3]);
    await posted(bench, { seg: { id: 1, fx: 5 } });
    assertEquals(effects(), [3, 5, 3]);
    await posted(bench, { seg: [{ id: 2, fx: 7 }, {}, { fx: 9 }] });
    assertEquals(effects(), [3, 5, 9]);
  }));

Deno.test("segments stay on the strip, and one goes away with stop 0, but never the first", () =>
  withController(async (bench) => {
    await posted(bench, { seg: [{ start: 1, stop: 900 }, { start: 2, len: 50 }] });
    assertEquals(bench.controller.state().seg.map(({ start, stop, len }) => [start, stop, len]), [[1, 4, 3], [
      2,
      4,
      2,
    ]]);
    await posted(bench, { seg: [{ stop: 0 }, { stop: 0 }] });
    assertEquals(bench.controller.state().seg.length, 1);
    await posted(bench, { seg: { id: 90, stop: 4 } });
    assertEquals(bench.controller.state().seg.length, 1);
  }));

Deno.test("timing, nightlight, sync and main segment are taken", () =>
  withController(async (bench) => {
    const nl = { on: true, dur: 5, mode: 2, tbri: 3 };
    await posted(bench, { transition: 4, tt: 2, nl, udpn: { send: true, nn: true }, mainseg: 0, lor: 2, ledmap: 1 });
    const { transition, lor, udpn, nl: kept } = bench.controller.state();
    assertEquals([transition, lor, udpn.send, kept], [4, 2, true, { ...nl, rem: 300 }]);
    assert(!("tt" in bench.controller.state()));
  }));

Deno.test("whoever draws it hears of each change, and of nothing when nothing changed", async () => {
  const heard: boolean[] = [];
  await withController(async (bench) => {
    await posted(bench, { bri: 128, on: true });
    assertEquals(heard, []);
    bench.controller.press();
    bench.controller.apply({ on: true, bri: 3 });
    bench.controller.apply("nonsense");
    assertEquals(heard, [false, true]);
  }, { onChange: (controller) => void heard.push(controller.state().on) });
});
