import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { VERSION } from "../../src/version.ts";
import { isInstalled } from "../packaging/files.ts";
import { type Processes, processTest } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { readServerFile } from "./data_dir_files.ts";
import { gone, isThere, ON_ITS_OWN, servingPid, startedTimes, startOnItsOwn, storyOf } from "./restarts.ts";
import { eventually, pause, within } from "./waiting.ts";

/** Only what can start itself has a parent process. */
function parentTest(sentence: string, work: (processes: Processes) => Promise<void>): void {
  processTest(sentence, async (processes) => {
    if (processes.runtime.name !== "Deno") await work(processes);
  });
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  parentTest(`${signal} to the parent process ends both, in order`, async (processes) => {
    const parent = await startOnItsOwn(processes);
    const pid = await servingPid(parent);
    assert(pid !== parent.pid, "the parent serves itself");
    const { code, stderr } = await parent.kill(signal);
    assertEquals([code, stderr, isThere(pid)], [0, "", false]);
    assertEquals((await storyOf((await processes.start()).url)).at(-1), "server.started system clean");
  });
}

parentTest("a terminal that sends Ctrl-C to both gets one stop, in order", async (processes) => {
  const parent = await startOnItsOwn(processes);
  const pid = await servingPid(parent);
  Deno.kill(pid, "SIGINT");
  Deno.kill(pid, "SIGHUP");
  assertEquals((await createApiClient(parent.url).call("GET", "/health")).status, 200);
  assertEquals((await parent.kill("SIGINT")).code, 0);
});

parentTest("a server whose parent process is killed stops in order", async (processes) => {
  const parent = await startOnItsOwn(processes);
  const pid = await servingPid(parent);
  await createApiClient(parent.url).create("gradients", { name: "Kept" });
  parent.signal("SIGKILL");
  await gone(pid);
  assertEquals(await readServerFile(parent), undefined);
  assertStringIncludes((await parent.ended).stderr, "The process that started this server is gone");
  assertEquals((await storyOf((await processes.start()).url)).slice(-2), [
    "server.shutting_down system",
    "server.started system clean",
  ]);
});

parentTest("a signal to the server itself stops it, and the parent process with it", async (processes) => {
  const parent = await startOnItsOwn(processes);
  Deno.kill(await servingPid(parent), "SIGTERM");
  assertEquals((await within("both to end", parent.ended)).code, 0);
});

parentTest("a server that is killed is not started again: the parent process tells how it ended", async (processes) => {
  const parent = await startOnItsOwn(processes);
  Deno.kill(await servingPid(parent), "SIGKILL");
  assertEquals((await within("the parent to end", parent.ended)).code, 137);
});

parentTest("the second signal ends both at once", async (processes) => {
  const parent = await startOnItsOwn(processes);
  const pid = await servingPid(parent);
  Deno.kill(pid, "SIGSTOP"); // a server that hears nothing any more
  parent.signal("SIGTERM");
  await pause(300); // two signals at the same time are one
  assertEquals(isThere(pid), true);
  assertEquals((await within("both to end", parent.kill("SIGTERM"))).code, 137);
  assertEquals(isThere(pid), false);
});

parentTest("what the server cannot do the parent process says with its code", async ({ run, start }) => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const taken = await run({ args: ["--port", String(listener.addr.port)], env: ON_ITS_OWN });
  assertEquals(taken.code, 1);
  assertMatch(taken.stderr, /Cannot listen on 127\.0\.0\.1 port \d+: /);
  assertEquals((await run({ args: ["--prot", "0"], env: ON_ITS_OWN })).code, 2);
  await start();
  assertEquals((await run({ env: ON_ITS_OWN })).code, 2, "the data directory is in use");
});

parentTest("a server is started by its own parent process only", async ({ run }) => {
  const { code, stderr } = await run({ env: { ...ON_ITS_OWN, LUMENLOG_PARENT: "1" } });
  assertEquals(code, 1);
  assertStringIncludes(stderr, "LUMENLOG_PARENT");
});

/** An update that was applied, over files that stand for the program. */
async function pretendUpdate({ dir }: Processes, marker: Readonly<Record<string, unknown>>) {
  const [data, binary] = [join(dir, "data"), join(dir, "program")];
  await Deno.mkdir(data);
  await Deno.writeTextFile(binary, "new");
  await Deno.writeTextFile(`${binary}.old`, "old");
  const whole = { from: "0.0.1", to: VERSION, binary, old: `${binary}.old`, starts: 0, copy: null, ...marker };
  await Deno.writeTextFile(join(data, "update.json"), JSON.stringify(whole));
  return {
    program: () => Deno.readTextFile(binary),
    marker: async () => await Deno.readTextFile(join(data, "update.json")).then(JSON.parse, () => undefined),
  };
}

parentTest(
  "a new version that ends before it answers is replaced by the one before, which is started",
  async (processes) => {
    const update = await pretendUpdate(processes, {});
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { code, stderr } = await processes.run({ args: ["--port", String(listener.addr.port)], env: ON_ITS_OWN });
    assertEquals(code, 1);
    assertEquals(stderr.match(/Cannot listen/g)?.length, 2, "each version tried once");
    assertStringIncludes(stderr, `Version ${VERSION} did not answer: the version before is put back`);
    assertEquals([await update.program(), (await update.marker()).starts], ["old", 1]);
  },
);

parentTest("an update that was cut before its exchange is not undone when the start fails", async (processes) => {
  const update = await pretendUpdate(processes, { from: VERSION, to: "99.0.0" });
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { code, stderr } = await processes.run({ args: ["--port", String(listener.addr.port)], env: ON_ITS_OWN });
  assertEquals([code, stderr.match(/Cannot listen/g)?.length], [1, 1], stderr);
  assertEquals(await update.program(), "new", "what is beside it is of an update before");
});

parentTest("a version that failed under a supervisor is undone by a parent process as well", async (processes) => {
  const update = await pretendUpdate(processes, { starts: 1 });
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { stderr } = await processes.run({ args: ["--port", String(listener.addr.port)], env: ON_ITS_OWN });
  assertEquals([await update.program(), stderr.match(/Cannot listen/g)?.length], ["old", 2], stderr);
});

parentTest("where the version before is gone, nobody tries to put it back", async (processes) => {
  const update = await pretendUpdate(processes, {});
  await Deno.remove(join(processes.dir, "program.old"));
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { code, stderr } = await processes.run({ args: ["--port", String(listener.addr.port)], env: ON_ITS_OWN });
  assertEquals([code, await update.program(), stderr.includes("did not answer")], [1, "new", false], stderr);
});

parentTest("a new version that answers stays", async (processes) => {
  const update = await pretendUpdate(processes, {});
  const server = await startOnItsOwn(processes);
  await eventually("the proof", async () => await update.marker() === undefined ? true : undefined);
  assertEquals(await update.program(), "new");
  assertEquals((await server.kill()).code, 0);
});

processTest("under a supervisor a new version counts its starts, and answers by itself", async (processes) => {
  const update = await pretendUpdate(processes, {});
  const server = await processes.start();
  await eventually("the proof", async () => await update.marker() === undefined ? true : undefined);
  assertEquals((await server.kill()).code, 0);
});

const openssl = isInstalled("openssl", "version") ? "" : " [SKIPPED: openssl is not installed]";

processTest(`a new version answers itself over HTTPS, whatever its certificate is for${openssl}`, async (processes) => {
  if (openssl !== "") return;
  const update = await pretendUpdate(processes, {});
  const [cert, key] = [join(processes.dir, "cert.pem"), join(processes.dir, "key.pem")];
  const self = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=elsewhere.example";
  const args = [...self.split(" "), "-keyout", key, "-out", cert];
  assert((await new Deno.Command("openssl", { args, stderr: "null" }).output()).success);
  const server = await processes.start({ args: ["--port", "0", "--tls-cert", cert, "--tls-key", key] });
  await eventually("the proof", async () => await update.marker() === undefined ? true : undefined);
  assertEquals((await server.kill()).code, 0);
});

processTest(
  "under a supervisor the second start that was not followed by an answer brings the version before back",
  async (processes) => {
    const update = await pretendUpdate(processes, { starts: 1 });
    const { code } = await processes.run({});
    assertEquals([code, await update.program()], [75, "old"]);
  },
);

parentTest("a server that keeps asking for a restart is given pauses, and a signal ends them", async (processes) => {
  const parent = await startOnItsOwn(processes);
  for (let times = 1; times <= 4; times++) {
    await startedTimes(parent.url, times);
    await createApiClient(parent.url).call("POST", "/api/v1/system/restart");
  }
  assertEquals((await within("the end", parent.kill("SIGTERM"))).code, 0);
});
