import { assertEquals } from "@std/assert";
import { deviceActions } from "../../src/devices/actions.ts";
import { parseWledState, wledChange } from "../../src/devices/wled_state.ts";

const segment = (more = {}) => ({ id: 0, start: 0, stop: 30, sel: true, col: [[255, 160, 0], [0, 0, 0]], ...more });
const state = (more = {}) => ({
  on: true,
  bri: 128,
  transition: 7,
  ps: -1,
  pl: -1,
  mainseg: 0,
  seg: [segment()],
  ...more,
});
const color = (seg: unknown, mainseg: unknown = 0) => parseWledState(state({ seg, mainseg }))?.light.color;

Deno.test("what a controller shows is read from the few fields that every version has", () => {
  assertEquals(parseWledState(state())?.light, { on: true, brightness: 0.502, color: "#ffa000", preset: null });
  const later = { ledmap: 0, AudioReactive: { on: false }, nl: "?", udpn: null, on: false, bri: 0, ps: 12 };
  assertEquals(parseWledState(state(later))?.light, { on: false, brightness: 0, color: "#ffa000", preset: 12 });
  assertEquals(parseWledState(state({ pl: 3 }))?.playlist, 3);
});

Deno.test("the colour is that of the main segment, else of the first with a length, else there is none", () => {
  const blue = segment({ id: 4, col: [[0, 0, 255, 7]] });
  assertEquals(color([segment(), blue], 4), "#0000ff");
  assertEquals(color([segment({ stop: 0 }), blue], 9), "#0000ff");
  assertEquals(color([segment(), blue], "x"), "#ffa000");
  for (
    const seg of [[], [null, 3, "x"], [segment({ col: [] })], [segment({ col: ["FF0000"] })], [segment({ col: 1 })]]
  ) {
    assertEquals(color(seg), null);
  }
  assertEquals(color([segment({ col: [[256, 0, 0]] })]), null);
  assertEquals(color([segment({ col: [[1.5, 0, 0]] })]), null);
  assertEquals(color([{ junk: true }, segment()]), "#ffa000");
});

Deno.test("what lacks a field that matters, or has another type there, is no controller's", () => {
  const wrong = [
    { on: 1 },
    { on: "true" },
    { on: undefined },
    { bri: 256 },
    { bri: -1 },
    { bri: "128" },
    { bri: 1.5 },
    {
      ps: "1",
    },
    { ps: undefined },
    { seg: {} },
    { seg: undefined },
  ];
  for (const more of wrong) assertEquals(parseWledState(state(more)), undefined, JSON.stringify(more));
  for (const json of [null, [], "on", 1, {}, { success: true }]) assertEquals(parseWledState(json), undefined);
});

Deno.test("a change is said in WLED's words", () => {
  assertEquals(wledChange({ on: false }), { on: false });
  assertEquals(wledChange({ brightness: 0.0001 }), { bri: 1 });
  assertEquals(wledChange({ brightness: 1, color: "#0a0b0c" }), { bri: 255, seg: { col: [[10, 11, 12]] } });
  assertEquals(wledChange({ preset: 3 }), {});
});

Deno.test("the sentences of the log read well", () => {
  const said = (metadata: Record<string, string | number | boolean | null>) =>
    deviceActions["device.state_changed"].message({ entityType: "device", entityName: "Shelf", metadata });
  const api = { source: "api" };
  assertEquals(said({ ...api, on: false }), "Device 'Shelf' turned off");
  assertEquals(said({ ...api, brightness: 0.4 }), "Device 'Shelf' dimmed to 40 %");
  assertEquals(said({ ...api, brightness: 0.004 }), "Device 'Shelf' dimmed to 1 %");
  assertEquals(said({ ...api, color: "#ff8800" }), "Device 'Shelf' set to #ff8800");
  assertEquals(said({ ...api, preset: 3 }), "Device 'Shelf' preset 3 chosen");
  assertEquals(said({ ...api, color: null, preset: null }), "Device 'Shelf' left without a colour, left its preset");
  assertEquals(
    said({ source: "external", on: true, brightness: 1, changes: 4 }),
    "Device 'Shelf' turned on, dimmed to 100 % (changed elsewhere)",
  );
});
