import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { createRunAdb } from "../../src/runtime/adb.ts";
import { createApiClient } from "../runtime/api_client.ts";
import { processTest } from "../support/process.ts";
import { findAdbProblem } from "./real_adb.ts";
import { closedAddress, startStandIn } from "./stand_in.ts";

const PATH = Deno.env.get("PATH") ?? "";

/** The real server process may run adb, with the rights that a user's has and none besides. */
const sentence = "the server runs the adb of its machine";
const missing = findAdbProblem();
if (missing !== undefined) Deno.test.ignore(`${sentence} [SKIPPED: ${missing}]`, () => {});
else {
  processTest(sentence, async ({ dir, start }) => {
    const port = (await closedAddress()).split(":")[1] ?? "";
    const env = { PATH, HOME: dir, TMPDIR: dir, ANDROID_ADB_SERVER_PORT: port };
    await using device = await startStandIn();
    const { address } = device;
    try {
      const server = await start({ env });
      const api = createApiClient(server.url);
      const connected = await api.call("POST", "/api/v1/system/adb/connect", { address });
      assertEquals([connected.status, connected.json], [200, { address, already: false }]);
      const listed = await api.call("GET", "/api/v1/system/adb/devices");
      assertEquals(listed.json, { items: [{ serial: address, state: "device", model: "Shelf_Phone" }], total: 1 });
      const { status } = await api.call("POST", "/api/v1/system/adb/disconnect", { address });
      const own = await api.call("POST", "/api/v1/system/adb/connect", { address: `127.0.0.1:${port}` });
      assertEquals(own.status, 422);
      assertStringIncludes(JSON.stringify(own.json), "is that of adb's own server, no device");
      assertEquals([status, (await server.kill()).code], [200, 0]);
    } finally {
      await createRunAdb(env)(["kill-server"], new AbortController().signal);
    }
  });
}

processTest("a server on a machine without adb starts, and says so when it is asked", async ({ dir, start }) => {
  const programs = join(dir, "programs");
  await Deno.mkdir(programs);
  for (const folder of PATH.split(":")) {
    const node = join(folder, "node");
    if (await Deno.stat(node).then(() => true, () => false)) {
      await Deno.symlink(node, join(programs, "node"));
      break;
    }
  }
  const server = await start({ env: { PATH: programs } });
  const answer = await createApiClient(server.url).call("GET", "/api/v1/system/adb/devices");
  assertEquals(answer.status, 503);
  assertStringIncludes(JSON.stringify(answer.json), "it is not installed here, or was not when this server started");
  assertEquals((await server.kill()).code, 0);
});
