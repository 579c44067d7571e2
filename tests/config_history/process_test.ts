import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createApiClient } from "../runtime/api_client.ts";
import { eventually } from "../runtime/waiting.ts";
import { processTest } from "../support/process.ts";
import { snapshotIn } from "./house.ts";
import { sshProblem, withSshServer } from "./ssh_server.ts";
import { SOME_CFG, startStubGear } from "./stub_gear.ts";

const backUp = (url: string, id: string) => fetch(`${url}/api/v1/devices/${id}/config-snapshots`, { method: "POST" });

processTest(
  "a controller is backed up when it is adopted, and its secrets keep their marks over a restart",
  async ({ start }) => {
    await using gear = await startStubGear();
    gear.cfg = { ...SOME_CFG, nw: { ins: [{ ssid: "Home", psk: "hunter2hunter2" }] } };
    const first = await start({ env: { LUMENLOG_SITE: "venue" } });
    const client = createApiClient(first.url);
    const { id } = await client.create("devices", { name: "Shelf", device_type: "wled", url: gear.url });
    const entry = await eventually("the first backup", async () => {
      const [found] = await client.entries(`entity_id=${id}&q=config_snapshot_created`);
      return found;
    });
    assertEquals([entry.actor, entry.metadata["trigger"], entry.metadata["tenant_id"]], [
      "system",
      "adoption",
      "venue",
    ]);
    const stored = await snapshotIn(await backUp(first.url, id), 200);
    await first.kill();
    const second = await start();
    assertEquals(await snapshotIn(await backUp(second.url, id), 200), stored);
    const { mode, size } = statSync(join(second.dataDir, "config.key"));
    assertEquals([mode & 0o777, size], [0o600, 32]);
    await second.kill();
    for (const file of ["lumenlog.db", "config.key"]) {
      assert(!readFileSync(join(second.dataDir, file), "latin1").includes("hunter2hunter2"), file);
    }
  },
);

processTest("a server does not start with a key for secrets that is none", async ({ start, run }) => {
  const server = await start();
  await server.kill();
  writeFileSync(join(server.dataDir, "config.key"), "short");
  const { code, stderr } = await run({});
  assertEquals(code, 1);
  assertStringIncludes(stderr, "config.key");
});

const problem = sshProblem();
if (problem !== undefined) Deno.test.ignore(`a router is backed up by a real server [SKIPPED: ${problem}]`, () => {});
else {
  processTest("a router is backed up by a real server, which keeps its host key", async ({ start }) => {
    await withSshServer(async (ssh) => {
      const server = await start();
      const { id } = await createApiClient(server.url).create("devices", {
        name: "Gate",
        device_type: "routeros",
        url: ssh.url,
        ssh_user: ssh.user,
        ssh_identity: ssh.identity,
      });
      await snapshotIn(await backUp(server.url, id));
      await snapshotIn(await backUp(server.url, id), 200);
      const knownHosts = join(server.dataDir, "known_hosts");
      assertEquals(statSync(knownHosts).mode & 0o777, 0o600);
      await ssh.renew();
      const refused = await backUp(server.url, id);
      assertEquals(refused.status, 502);
      assertStringIncludes(await refused.text(), "its SSH host key has changed");
    });
  });
}
