import { assert, assertEquals } from "@std/assert";
import { connect } from "node:net";
import { createRandom, type Random } from "../support/random.ts";
import { missingFrom } from "./shapes.ts";
import { until, withController } from "./support.ts";

Deno.test("what is not a JSON object is answered 400 with error 9", () =>
  withController(async ({ post }) => {
    for (const body of ["", "{", "[]", "null", "7", '"on"', "{'on':true}", "on=1", "\u0000", "{}}", "\ufffe"]) {
      for (const path of ["/json/state", "/json/si", "/json"]) {
        const answer = await post(path, body);
        assertEquals([answer.status, await answer.json()], [400, { error: 9 }], JSON.stringify(body));
      }
    }
  }));

Deno.test("a body too large for a small device is refused, and the next one is taken", () =>
  withController(async ({ controller, post }) => {
    const padded = (bytes: number) => JSON.stringify({ bri: 5, x: "x".repeat(bytes) });
    const large = await post("/json/state", padded(40_000));
    assertEquals(large.status, 413);
    await large.body?.cancel();
    assertEquals(controller.state().bri, 128);
    const small = await post("/json/state", padded(30_000));
    assertEquals(await small.json(), { success: true });
  }));

Deno.test("a body without a length is refused once it is too large", () =>
  withController(async ({ controller }) => {
    let answer = "";
    const socket = connect(Number(new URL(controller.url).port), "127.0.0.1");
    socket.on("data", (bytes) => answer += bytes.toString("latin1"));
    socket.on("error", () => {});
    socket.write("POST /json/state HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    for (let sent = 0; sent < 9; sent++) socket.write(`1000\r\n${" ".repeat(4096)}\r\n`);
    await until(() => answer.startsWith("HTTP/1.1 413"), "the answer is 413");
    socket.destroy();
  }));

Deno.test("a client that goes away in the middle of a body leaves the controller as it was", () =>
  withController(async ({ controller, read }) => {
    const socket = connect(Number(new URL(controller.url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write("POST /json/state HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{");
    await until(() => controller.requests() === 1, "the request is seen");
    socket.destroy();
    assertEquals(Object(await read("/json/state")).bri, 128);
  }));

const KEYS =
  "on bri transition tt ps pd pl nl udpn lor mainseg seg v id start stop len grp spc of frz cct set col fx sx ix pal " +
  "c1 c2 c3 sel rev mi o1 o2 o3 si m12 n dur mode tbri rem __proto__ constructor toString";
const VALUES: readonly unknown[] = [
  0,
  1,
  255,
  256,
  -1,
  1e300,
  -0.5,
  32,
  65536,
  true,
  false,
  null,
  "",
  "t",
  "~5",
  "~-9",
  "ff0000",
];

/** Deeply odd values made of words that mean something. */
function oddValue(random: Random, depth: number): unknown {
  if (depth === 0 || random.chance(0.4)) return random.pick(VALUES);
  if (random.chance(0.4)) return Array.from({ length: random.int(6) }, () => oddValue(random, depth - 1));
  const keys = random.some(KEYS.split(" "), 0.25);
  return JSON.parse(`{${keys.map((key) => `"${key}":${JSON.stringify(oddValue(random, depth - 1))}`).join()}}`);
}

const inRange = (value: number, least: number, most: number) =>
  assert(Number.isInteger(value) && value >= least && value <= most, `${value} is not within ${least}..${most}`);

Deno.test("whatever is applied, the state stays one that a controller can have", () =>
  withController(({ clock, controller }) => {
    const random = createRandom(4711);
    const before = controller.state();
    for (let round = 0; round < 3000; round++) {
      controller.apply(oddValue(random, 4));
      clock.step(random.int(60));
      const state = controller.state();
      inRange(state.bri, 1, 255);
      inRange(state.ps, -1, 250);
      inRange(state.seg.length, 1, 32);
      for (const { start, stop, bri, col } of state.seg) {
        inRange(start, 0, 4);
        inRange(stop, start, 4);
        inRange(bri, 1, 255);
        for (const channel of col.flat()) inRange(channel, 0, 255);
      }
      assertEquals(controller.pixels().length, 12);
    }
    assertEquals(missingFrom(controller.state(), before), []);
    return Promise.resolve();
  }));
