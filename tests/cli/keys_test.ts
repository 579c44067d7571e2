import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { openApp } from "../support/app.ts";
import { type Ended, processTest, type StartOptions } from "../support/process.ts";
import { createApiClient } from "../runtime/api_client.ts";

type Run = (options: StartOptions) => Promise<Ended>;
const keys = (run: Run, ...args: readonly string[]) => run({ args: ["keys", ...args] });

/** How it ended, and what it said of it: one line for a person, and never a stack. */
function saidBy({ code, stdout, stderr }: Ended): string {
  assertEquals(stdout, "", stderr);
  assertMatch(stderr, /^(lumenlog: [^\n]+\n)+$/);
  assert(!/\bat .*\.(ts|mjs):\d+/.test(stderr), stderr);
  return `${code} ${stderr.trimEnd()}`;
}

async function added(run: Run, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await keys(run, "add", ...args);
  assertEquals(code, 0, stderr);
  assertMatch(stdout, /^ll_[\w-]{43}\n$/);
  assert(!stderr.includes(stdout.trim()), "the token is shown twice");
  return stdout.trim();
}

async function labels(run: Run, ...args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await keys(run, "list", ...args);
  assertEquals([code, stderr], [0, ""]);
  return stdout.split("\n").filter((line) => line !== "").map((line) => line.split("\t").slice(0, 3).join(" "));
}

processTest("keys are made, listed and revoked in the database itself", async ({ run, dir }) => {
  assertEquals(await labels(run), []);
  const desk = await added(run, "desk");
  await added(run, "panel", "--role", "operator", "--expires", "2999-12-31");
  assertEquals(await labels(run), ["desk admin database", "panel operator database"]);
  assertStringIncludes((await keys(run, "list")).stdout, "expires 2999-12-31T00:00:00.000Z\tlast used never\n");
  assertMatch(saidBy(await keys(run, "revoke", "desk")), /^1 .*last admin/);
  const revoked = await keys(run, "revoke", "panel");
  assertEquals([revoked.code, revoked.stdout, revoked.stderr], [0, "", "Key 'panel' revoked.\n"]);
  assertMatch(saidBy(await keys(run, "add", "panel")), /^1 .*"panel".*label/);
  assertMatch(saidBy(await keys(run, "revoke", "nobody")), /^1 .*"nobody"/);
  assertMatch(saidBy(await keys(run, "add", "system")), /^1 .*reserved/);
  assertMatch(saidBy(await keys(run, "add", "guest", "--expires", "2001-01-01")), /^1 .*future/);

  const app = await openApp(`${dir}/data`);
  assertEquals((await app.call("GET", "/api/v1/devices", { token: desk })).status, 200);
  assertEquals(app.entries().map(({ action, actor, metadata }) => [action, actor, metadata]), [
    ["auth.key_created", "system", { key_label: "desk", role: "admin", via: "cli" }],
    ["auth.key_created", "system", { key_label: "panel", role: "operator", via: "cli" }],
    ["auth.key_revoked", "system", { key_label: "panel", role: "operator", via: "cli" }],
  ]);
  await app.close();
});

processTest(
  "keys of a running server are managed through it, with an admin's key once there is one",
  async ({ start, run }) => {
    const server = await start();
    const desk = await added(run, "desk");
    assertMatch(saidBy(await keys(run, "list")), /^1 .*--token/);
    assertMatch(saidBy(await keys(run, "list", "--token", "ll_wrong-wrong-wrong")), /^1 .*token/);
    assertEquals(await labels(run, "--token", desk), ["desk admin database"]);
    const panel = await added(run, "panel", "--role", "viewer", "--token", desk);
    assertMatch(saidBy(await keys(run, "list", "--token", panel)), /^1 .*role/);
    const byEnvironment = await run({ args: ["keys", "list"], env: { LUMENLOG_TOKEN: desk } });
    assertEquals([byEnvironment.code, byEnvironment.stdout.split("\n").length], [0, 3]);
    // The server itself knows at once, without a restart.
    assertEquals((await createApiClient(server.url, panel).call("GET", "/api/v1/devices")).status, 200);
    assertEquals((await keys(run, "revoke", "panel", "--token", desk)).code, 0);
    assertEquals((await createApiClient(server.url, panel).call("GET", "/api/v1/devices")).status, 401);
    assertMatch(saidBy(await keys(run, "revoke", "panel", "--token", desk)), /^1 .*"panel"/);
    const made = await createApiClient(server.url, desk).entries("q=key_created");
    assertEquals(made.map(({ actor, metadata }) => [actor, metadata["key_label"]]), [["desk", "panel"], [
      "anonymous",
      "desk",
    ]]);
    assert(![server.stderr(), server.stdout()].join().includes(desk), "the process log shows a token");
  },
);

processTest("a server that is named by its address is the one whose keys are managed", async ({ start, run }) => {
  const server = await start({ dataDir: "elsewhere" });
  const token = await added(run, "desk", "--url", server.url);
  for (const url of [server.url, `${server.url}/`]) {
    assertEquals(await labels(run, "--url", url, "--token", token), ["desk admin database"], url);
  }
  assertEquals(await labels(run), [], "the data directory's own database has no key");
  await server.kill("SIGTERM");
  assertMatch(saidBy(await keys(run, "list", "--url", server.url)), /^1 .*Cannot reach the server/);
});

processTest("another program at the address is no server of ours", async ({ run }) => {
  for (const body of ["<html>", "{}", '{"items":[{}]}']) {
    const other = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => new Response(body));
    const url = `http://127.0.0.1:${other.addr.port}`;
    assertMatch(saidBy(await keys(run, "list", "--url", url)), /^1 .*does not answer like/);
    await other.shutdown();
  }
});

processTest("after a server was killed, its keys are managed in the database", async ({ start, run }) => {
  const server = await start();
  await createApiClient(server.url).createKey({ label: "desk" });
  await server.kill("SIGKILL");
  assertEquals(await labels(run), ["desk admin database"]);
});

processTest("declared keys are listed as such and cannot be revoked", async ({ run }) => {
  const env = { LUMENLOG_API_KEYS: "panel:viewer:SECRET-SECRET-SECRET" };
  const list = await run({ args: ["keys", "list"], env });
  assertEquals([list.code, list.stdout], [0, "panel\tviewer\tenvironment\texpires never\tlast used never\n"]);
  assertMatch(saidBy(await run({ args: ["keys", "revoke", "panel"], env })), /^1 .*environment/);
  assertMatch(saidBy(await keys(run, "add", "panel")), /^1 .*label/);
});
