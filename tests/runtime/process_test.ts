import { assert, assertEquals, assertMatch, assertNotMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { processTest, type ServerProcess } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { modeOf, readServerFile, serverFileOf } from "./data_dir_files.ts";

const GRADIENT = { name: "Sunset" };

processTest(
  "the server prints one line, with a port that is its own, and everything else goes to standard error",
  async ({ start }) => {
    const server = await start({ env: { LUMENLOG_LOG_LEVEL: "debug" } });
    assertMatch(server.url, /^http:\/\/127\.0\.0\.1:[1-9]\d{3,4}$/);
    await createApiClient(server.url).create("gradients", GRADIENT);
    assertEquals((await createApiClient(server.url).call("GET", "/health")).status, 200);
    assertEquals((await server.kill()).stdout, `lumenlog listening on ${server.url}\n`);
  },
);

processTest("server.json tells who serves and where, and goes when the server is asked to stop", async ({ start }) => {
  const server = await start();
  const health = (await createApiClient(server.url).call("GET", "/health")).json;
  const { version } = JSON.parse(JSON.stringify(health));
  assertEquals(await readServerFile(server), { pid: server.pid, url: server.url, version });
  assertEquals(await modeOf(serverFileOf(server)), "600");
  const { code, signal } = await server.kill("SIGTERM");
  assertEquals({ code, signal }, { code: 0, signal: null });
  assertEquals(await readServerFile(server), undefined);
});

processTest("Ctrl-C stops the server in order too", async ({ start }) => {
  const server = await start();
  const { code, stderr } = await server.kill("SIGINT");
  assertEquals(code, 0, stderr);
  assertEquals(await readServerFile(server), undefined);
});

processTest("nobody else may read the data directory, whatever it was like before", async ({ start, dir }) => {
  await Deno.mkdir(join(dir, "data"), { mode: 0o755 });
  await Deno.writeTextFile(join(dir, "data", "lumenlog.db"), "", { mode: 0o644 });
  const server = await start();
  await createApiClient(server.url).create("gradients", GRADIENT);
  assertEquals(await modeOf(server.dataDir), "700");
  const names = [...Deno.readDirSync(server.dataDir)].map(({ name }) => name);
  for (const name of ["lock", "lumenlog.db", "lumenlog.db-wal", "server.json"]) {
    assert(names.includes(name), `${names}`);
  }
  for (const name of names) {
    const path = join(server.dataDir, name);
    assertEquals(await modeOf(path), (await Deno.stat(path)).isDirectory ? "700" : "600", name);
  }
});

processTest(
  "a second server on a data directory is refused and told why; the first goes on",
  async ({ start, run }) => {
    const first = await start();
    const { code, stdout, stderr } = await run({});
    assertEquals({ code, stdout }, { code: 2, stdout: "" });
    assertStringIncludes(stderr, first.dataDir);
    assertStringIncludes(stderr, `process ${first.pid} at ${first.url}`);
    assertNotMatch(stderr, /\n\s+at /, "a stack is no reason");
    assertEquals((await readServerFile(first))?.pid, first.pid);
    await createApiClient(first.url).create("gradients", GRADIENT);
  },
);

processTest(
  "a port that is taken ends the start with a clear message and leaves nothing behind",
  async ({ start, run, dir }) => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    const { code, stdout, stderr } = await run({ args: ["--port", String(port)] });
    assertEquals({ code, stdout }, { code: 1, stdout: "" });
    assertMatch(stderr, new RegExp(`Cannot listen on 127\\.0\\.0\\.1 port ${port}: .*in ?use`, "i"));
    assertNotMatch(stderr, /\n\s+at /, "a stack is no reason");
    assertEquals(await readServerFile({ dataDir: join(dir, "data") }), undefined);
    const server = await start();
    assertEquals(await startsOf(server), [true], "a start that failed is none");
  },
);

processTest("a remote database that does not answer ends the start with a clear message", async ({ run }) => {
  const { port } = closedPort();
  const { code, stdout, stderr } = await run({ args: ["--port", "0", "--database", `http://127.0.0.1:${port}`] });
  assertEquals({ code, stdout }, { code: 1, stdout: "" });
  assertMatch(stderr, /Cannot open the remote database: /);
  assertNotMatch(stderr, /\n\s+at /, "a stack is no reason");
});

/** Whether each start so far came after an orderly stop, newest first. */
async function startsOf({ url }: ServerProcess) {
  const entries = await createApiClient(url).entries("categories=system&limit=200");
  return entries.filter(({ action }) => action === "server.started").map(({ metadata }) => metadata["clean"]);
}

function closedPort() {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr;
}
