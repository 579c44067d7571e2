import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRunOverSsh } from "../../src/runtime/ssh.ts";
import { bodyOf, problemIn } from "../api/answers.ts";
import { eventually, within } from "../runtime/waiting.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { type House, snapshotIn, withHouse } from "./house.ts";
import { makeKey, type SshServer, sshTest } from "./ssh_server.ts";

const knownHosts = ({ dir }: SshServer) => join(dir, 'known "hosts" 100%');
const runner = (server: SshServer, ms?: number) =>
  createRunOverSsh({
    environment: Deno.env.toObject(),
    knownHosts: join(server.dir, "known hosts"),
    ...(ms === undefined ? {} : { ms }),
  });

const gate = ({ url, user, identity }: SshServer) => ({
  name: "Gate",
  device_type: "routeros",
  url,
  ssh_user: user,
  ssh_identity: identity,
});

/** Backs up, which must fail; status and words. */
async function failed(house: House, id: string): Promise<readonly [status: number, words: string | undefined]> {
  const { status, detail } = await problemIn(await house.backUp(id));
  return [status, detail?.replace("Cannot read the configuration of device 'Gate': ", "")];
}

const stored = (house: House) => house.app().rows<{ n: number }>("SELECT count(*) AS n FROM config_snapshot")[0]?.n;

sshTest("a router is backed up over the real ssh: its export is asked for, its host key is kept", async (server) => {
  await withHouse(async (house) => {
    const id = await house.add(gate(server));
    const first = await snapshotIn(await house.backUp(id));
    assertEquals(server.asked(), "/export\n");
    const keys = readFileSync(join(server.dir, "known hosts"), "utf8");
    assert(keys.startsWith(`[127.0.0.1]:${server.port} ssh-ed25519 `), keys);
    assertEquals(statSync(join(server.dir, "known hosts")).mode & 0o777, 0o600);
    server.says("# 2026-11-22 16:00:00 by RouterOS 7.16.1\n/ip address\nadd address=10.0.0.1/24\n");
    assertEquals(await snapshotIn(await house.backUp(id), 200), first);
    server.says("# 2026-11-22 22:00:00 by RouterOS 7.16.1\n/ip address\nadd address=10.0.0.2/24\n");
    const { id: sid, previous_id } = await snapshotIn(await house.backUp(id));
    assertEquals(previous_id, first.id);
    const path = `/api/v1/devices/${id}/config-snapshots/${sid}`;
    const { changes } = await bodyOf(await house.call("GET", `${path}/diff`));
    assertEquals(changes, [{ component: "/ip address", kind: "modified", lines: 2, line: "add address=10.0.0.2/24" }]);
    const file = await house.call("GET", `${path}/download`);
    assertStringIncludes(file.headers.get("content-disposition") ?? "", 'filename="Gate-20261122-100000.rsc"');
    assertEquals(await file.text(), "# by RouterOS 7.16.1\n/ip address\nadd address=10.0.0.2/24\n");
    assertEquals(readFileSync(join(server.dir, "known hosts"), "utf8"), keys);
  }, { setup: { runOverSsh: runner(server) } });
});

sshTest("a router with another host key is refused in clear words, until its old key is removed", async (server) => {
  await withHouse(async (house) => {
    const id = await house.add(gate(server));
    await snapshotIn(await house.backUp(id));
    await server.renew();
    server.says("/ip address\nadd address=10.6.6.6/24\n");
    const [status, words] = await failed(house, id);
    assertEquals(status, 502);
    assertStringIncludes(words ?? "", "its SSH host key has changed");
    assertStringIncludes(words ?? "", "known_hosts");
    assertEquals([stored(house), server.asked()], [1, "/export\n"]);
    assertStringIncludes(String((await house.history(id))["last_problem"]), "its SSH host key has changed");
    writeFileSync(join(server.dir, "known hosts"), "");
    await snapshotIn(await house.backUp(id));
  }, { setup: { runOverSsh: runner(server) } });
});

/** Nobody listens there any more. */
function closedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

sshTest("nobody learns which files there are from how a router with them as its key is not let in", async (server) => {
  await makeKey(join(server.dir, "stranger"));
  await withHouse(async (house) => {
    const id = await house.add(gate(server));
    const withIdentity = async (ssh_identity: string) => {
      await bodyOf(await house.call("PUT", `/api/v1/devices/${id}`, { json: { ssh_identity } }));
      return await failed(house, id);
    };
    const refused =
      "it does not let this user in with this key, or the server cannot use the private key file (ssh_identity): " +
      "that must be a key which the account of the server, and nobody else, can read";
    chmodSync(join(server.dir, "asked"), 0o600);
    chmodSync(server.identity, 0o644);
    const files = ["stranger", "nowhere", "asked", "."].map((name) => join(server.dir, name));
    for (const file of [...files, server.identity]) assertEquals(await withIdentity(file), [502, refused]);
    assertEquals([stored(house), server.asked()], [0, ""]);
    await bodyOf(
      await house.call("PUT", `/api/v1/devices/${id}`, { json: { url: `ssh://127.0.0.1:${closedPort()}` } }),
    );
    for (const file of files) assertEquals(await withIdentity(file), [502, "no connection"]);
  }, { setup: { runOverSsh: runner(server) } });
});

sshTest("what a router says instead of an export is no configuration", async (server) => {
  await withHouse(async (house) => {
    const id = await house.add(gate(server));
    server.says("bad command name export (line 1 column 1)\n");
    assertEquals(await failed(house, id), [502, "its answer is not an export of RouterOS"]);
    server.does("exit 3");
    assertEquals(await failed(house, id), [502, "it could not run the command"]);
    server.does("exec yes /ip");
    assertEquals(await failed(house, id), [502, "its answer is too long"]);
    assertEquals(stored(house), 0);
    server.says("/ip address\nadd address=10.0.0.1/24\n");
    await snapshotIn(await house.backUp(id));
  }, { setup: { runOverSsh: runner(server) } });
});

sshTest("a router that hangs is given up on", async (server) => {
  server.does("exec sleep 20");
  await withHouse(async (house) => {
    const id = await house.add(gate(server));
    assertEquals(await failed(house, id), [504, "no answer over SSH in time"]);
  }, { setup: { runOverSsh: runner(server, 1500) } });
});

sshTest("a stop does not wait for a router that hangs, and leaves no ssh behind", async (server) => {
  const flag = join(server.dir, "hangs");
  server.does(`touch '${flag}'; exec sleep 20`);
  await withHouse(async (house) => {
    const id = await house.add(gate(server));
    const asked = house.backUp(id);
    await eventually("the router to hang", () => Promise.resolve(existsSync(flag) || undefined));
    const stopped = house.app().app.stop(() => Promise.resolve());
    assertEquals((await problemIn(await asked)).status, 503);
    await within("the stop", stopped);
    // Its command line names this file; what is left of it would show there.
    const { stdout } = await new Deno.Command("ps", { args: ["-eo", "args"] }).output();
    assertEquals(new TextDecoder().decode(stdout).includes(join(server.dir, "known hosts")), false);
  }, { setup: { runOverSsh: runner(server) } });
});

sshTest(
  "the program ssh alone is asked, with no configuration or environment of whoever runs the server",
  async (server) => {
    const runOverSsh = createRunOverSsh({
      environment: { PATH: Deno.env.get("PATH"), SSH_AUTH_SOCK: "/nowhere", LD_PRELOAD: "/nowhere" },
      knownHosts: knownHosts(server).replaceAll('"', ""),
    });
    const { signal } = new AbortController();
    const { url, user, identity } = server;
    const said = await runOverSsh({ url, user, identity, command: "/export; rm -rf $HOME" }, signal);
    assert(said.ok);
    assertEquals(server.asked(), "/export; rm -rf $HOME\n");
    assertEquals(existsSync(knownHosts(server).replaceAll('"', "")), true);
  },
);

Deno.test("a router whose name leads out of the local network, or that is not there, is never connected to", async () => {
  const at = (url: string, addresses: readonly string[]) =>
    createRunOverSsh({
      environment: { PATH: Deno.env.get("PATH") },
      knownHosts: "/nowhere",
      resolve: () => Promise.resolve(addresses),
    })({ url, user: "a", identity: "/nowhere", command: "/export" }, new AbortController().signal);
  const words = async (url: string, addresses: readonly string[] = []) => {
    const said = await at(url, addresses);
    return said.ok ? undefined : said.words;
  };
  const outside = "its name leads out of the local network";
  assertEquals(await words("ssh://8.8.8.8"), outside);
  assertEquals(await words("ssh://gate.example", ["192.168.1.1", "8.8.8.8"]), outside);
  assertEquals(await words("ssh://gate.example"), "its name is not known in this network");
});

Deno.test("without the program ssh, or a place for host keys, there are clear words", async () => {
  await withTempDir(async (dir) => {
    const said = async (knownHosts: string) => {
      const runOverSsh = createRunOverSsh({ environment: { PATH: dir }, knownHosts });
      const command = { url: "ssh://127.0.0.1:9", user: "a", identity: join(dir, "key"), command: "/export" };
      return await runOverSsh(command, new AbortController().signal);
    };
    const unavailable = (words: string) => ({ ok: false, code: "unavailable", words } as const);
    const missing = unavailable("the program ssh is not installed on this server");
    assertEquals(await said(join(dir, "known_hosts")), missing);
    const unkept = unavailable("the file known_hosts in the data directory cannot be written");
    assertEquals(await said(join(dir, "no folder", "known_hosts")), unkept);
  });
});
