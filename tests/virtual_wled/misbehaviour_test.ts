import { assert, assertEquals, assertRejects } from "@std/assert";
import { createServer } from "node:http";
import { type Controller, type Misbehaviour, startController } from "../../virtual_wled/controller.ts";
import { rawGet } from "./raw_client.ts";
import { missingFrom } from "./shapes.ts";
import { pixelsOf, shows, until, withController } from "./support.ts";

const PATHS = [
  "/",
  "/app.js",
  "/json",
  "/json/info",
  "/json/state",
  "/json/si",
  "/json/cfg",
  "/presets.json",
  "/nothing",
];

/** The whole answer of a connection that the controller ends. */
async function answerOf({ url }: Controller, path: string): Promise<string> {
  const client = rawGet(url, path);
  await until(() => client.outcome().ended !== undefined, `an end of ${path}`);
  return client.outcome().text;
}

async function isWell({ url }: Controller): Promise<boolean> {
  const answer = await fetch(`${url}/json/info`);
  return Object(await answer.json()).brand === "WLED";
}

Deno.test("hung: every path accepts and never answers, until the connection is cut", () =>
  withController(async ({ controller }) => {
    await controller.misbehave({ kind: "hang" });
    const clients = PATHS.map((path) => rawGet(controller.url, path));
    await until(() => controller.requests() === PATHS.length, "all requests are seen");
    assertEquals(
      clients.map((client) => client.outcome()),
      PATHS.map(() => ({ bytes: 0, text: "", ended: undefined })),
    );
    await controller.misbehave({ kind: "none" });
    assert(await isWell(controller));
    await controller.close();
    await until(() => clients.every((client) => client.outcome().ended === "closed"), "closing cuts what hangs");
  }));

Deno.test("slow: the right answer comes after its time, and not before", () =>
  withController(async ({ clock, controller }) => {
    await controller.misbehave({ kind: "slow", ms: 5000 });
    const client = rawGet(controller.url);
    await until(() => clock.waiting() === 1, "the answer waits");
    clock.step(4999);
    assertEquals(client.outcome().bytes, 0);
    clock.step(1);
    await until(() => client.outcome().ended === "closed", "an answer");
    assert(client.outcome().text.startsWith("HTTP/1.1 200"));
  }));

Deno.test("slow: whoever does not wait is forgotten", () =>
  withController(async ({ clock, controller }) => {
    await controller.misbehave({ kind: "slow", ms: 5000 });
    const client = rawGet(controller.url);
    await until(() => clock.waiting() === 1, "the answer waits");
    client.stop();
    await until(() => clock.waiting() === 0, "no answer waits any more");
  }));

Deno.test("endless: the body grows as long as somebody reads it", () =>
  withController(async ({ clock, controller }) => {
    await controller.misbehave({ kind: "endless" });
    const client = rawGet(controller.url, "/json/info");
    for (const bytes of [100_000, 200_000]) {
      await until(() => (clock.step(10), client.outcome().bytes > bytes), `more than ${bytes} bytes`);
    }
    assert(client.outcome().text.includes("application/json"));
    assertEquals(client.outcome().ended, undefined);
    client.stop();
    await until(() => clock.waiting() === 0, "it stops once nobody reads");
  }));

const ANSWERS: readonly (readonly [Misbehaviour, RegExp])[] = [
  [{ kind: "html" }, /^HTTP\/1\.1 200 [^]*content-type: text\/html[^]*<!doctype html>/i],
  [{ kind: "redirect", to: "http://127.0.0.1:9/away" }, /^HTTP\/1\.1 302 [^]*location: http:\/\/127\.0\.0\.1:9\/away/i],
  [{ kind: "status", code: 500 }, /^HTTP\/1\.1 500 /],
  [{ kind: "status", code: 404 }, /^HTTP\/1\.1 404 /],
  [{ kind: "garbage" }, /^(?!HTTP)[^]+/],
];

for (const [how, expected] of ANSWERS) {
  Deno.test(`${JSON.stringify(how)} is what every path answers, and it can be well again`, () =>
    withController(async ({ controller }) => {
      await controller.misbehave(how);
      assertEquals(controller.behaviour(), how);
      for (const path of PATHS) {
        const answer = await answerOf(controller, path);
        assert(expected.test(answer), `${path} answers ${JSON.stringify(answer.slice(0, 300))}`);
      }
      await controller.misbehave({ kind: "none" });
      assert(await isWell(controller));
    }));
}

Deno.test("wrong types: the fields are there, and no value is of its type", () =>
  withController(async ({ controller, read }) => {
    const right = Object(await read("/json/si"));
    await controller.misbehave({ kind: "wrong_types" });
    const wrong = Object(await read("/json/si"));
    assertEquals(Object.keys(wrong.info), Object.keys(right.info));
    assertEquals([wrong.state.on, wrong.state.bri, wrong.info.name, wrong.state.seg], [[true], [128], 5, {
      length: 1,
    }]);
    assert(missingFrom(wrong, right).length > 40);
  }));

Deno.test("huge: ten megabytes of valid JSON", () =>
  withController(async ({ controller, get }) => {
    await controller.misbehave({ kind: "huge" });
    const text = await (await get("/json/si")).text();
    assert(text.length > 10 * 1024 * 1024);
    assertEquals(Object(JSON.parse(text)).right.info.brand, "WLED");
  }));

Deno.test("an answer that HTTP cannot carry breaks the connection, and nothing else", () =>
  withController(async ({ controller }) => {
    for (const how of [{ kind: "redirect", to: "a\r\nb: c" }, { kind: "status", code: 99_999 }] as const) {
      await controller.misbehave(how);
      assertEquals(await answerOf(controller, "/json"), "");
    }
    await controller.misbehave({ kind: "none" });
    assert(await isWell(controller));
  }));

Deno.test("unplugged: connections are cut and refused, the strip is dark, streams go nowhere", () =>
  withController(async ({ controller, realtime }) => {
    await controller.misbehave({ kind: "hang" });
    const open = rawGet(controller.url);
    await until(() => controller.requests() === 1, "the request is seen");
    await realtime(2, 255, 1, 1, 1);
    await until(() => controller.streamSource() !== undefined, "a stream");
    await controller.misbehave({ kind: "offline" });
    await until(() => open.outcome().ended === "closed", "the open connection is cut");
    const late = rawGet(controller.url);
    await until(() => late.outcome().ended === "refused", "a new one is refused");
    await realtime(2, 255, 1, 1, 1);
    assertEquals([controller.streamSource(), pixelsOf(controller)], [undefined, Array(12).fill(0)]);
  }));

Deno.test("plugged in again it is found at the same place, with its state, and counts its time anew", () =>
  withController(async ({ clock, controller, read }) => {
    controller.apply({ bri: 42 });
    clock.step(60_000);
    for (const kind of ["offline", "none", "offline", "hang", "none"] as const) await controller.misbehave({ kind });
    clock.step(3000);
    const { state, info } = Object(await read("/json/si"));
    assertEquals([state.bri, info.uptime], [42, 3]);
    await shows(controller, ...pixelsOf(controller));
  }));

Deno.test("several who unplug and plug in at once come one after the other", () =>
  withController(async ({ controller }) => {
    const kinds = ["offline", "none", "offline", "offline", "none", "none"] as const;
    await Promise.all(kinds.map((kind) => controller.misbehave({ kind })));
    assert(await isWell(controller));
  }));

Deno.test("plugging in fails when somebody took the port, and works once it is free", () =>
  withController(async ({ controller }) => {
    const port = Number(new URL(controller.url).port);
    await controller.misbehave({ kind: "offline" });
    const other = createServer();
    await new Promise<void>((resolve) => void other.listen(port, "127.0.0.1", resolve));
    await assertRejects(() => controller.misbehave({ kind: "none" }));
    assertEquals(controller.behaviour(), { kind: "offline" });
    await new Promise((resolve) => other.close(resolve));
    await controller.misbehave({ kind: "none" });
    assert(await isWell(controller));
  }));

const unplug = async (controller: Controller) => {
  const answer = await fetch(`${controller.url}/unplug`, { method: "POST", body: "{}" });
  assertEquals(await answer.json(), { success: true });
  await until(() => controller.behaviour().kind === "offline", "it is unplugged");
};

Deno.test("unplugged on its page it comes back by itself after 90 seconds", () =>
  withController(async ({ clock, controller }) => {
    await unplug(controller);
    clock.step(89_999);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assertEquals(controller.behaviour(), { kind: "offline" });
    clock.step(1);
    await until(() => controller.behaviour().kind === "none", "it is back");
    assert(await isWell(controller));
  }));

Deno.test("unplugged on its page it stays as somebody else tells it meanwhile", () =>
  withController(async ({ clock, controller }) => {
    await unplug(controller);
    await controller.misbehave({ kind: "html" });
    assertEquals(clock.waiting(), 0);
    await unplugIsRefused(controller);
  }));

/** Under a misbehaviour the page is as little there as anything else. */
async function unplugIsRefused(controller: Controller) {
  const answer = await fetch(`${controller.url}/unplug`, { method: "POST", body: "{}" });
  assert((await answer.text()).startsWith("<!doctype html>"));
  assertEquals(controller.behaviour(), { kind: "html" });
}

Deno.test("a taken HTTP port is an error, and leaves nothing open", () =>
  withController(async ({ controller }) => {
    const port = Number(new URL(controller.url).port);
    await assertRejects(() => startController({ name: "Second", ledCount: 1, port }), Error, `port ${port}`);
  }));

Deno.test("after it is closed nothing can be asked of it any more", () =>
  withController(async ({ controller }) => {
    await controller.close();
    await assertRejects(() => controller.misbehave({ kind: "none" }), Error, "closed");
    const client = rawGet(controller.url);
    await until(() => client.outcome().ended === "refused", "a connection is refused");
  }));
