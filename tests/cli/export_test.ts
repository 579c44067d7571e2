import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createExportProgress, progressLine } from "../../src/cli/export_progress.ts";
import { createApiClient } from "../runtime/api_client.ts";
import { ROOT, type Runtime } from "../runtime/runtimes.ts";
import { eventually, within } from "../runtime/waiting.ts";
import { filePlace, openEngine } from "../support/engine.ts";
import { entriesIn } from "../support/export.ts";
import { type Processes, processTest } from "../support/process.ts";

/** A log of so many entries in the data directory, and the engine's word on it. */
async function withEntries(dir: string, count: number): Promise<void> {
  await Deno.mkdir(join(dir, "data"), { recursive: true });
  const engine = await openEngine(filePlace(join(dir, "data")));
  for (let i = 0; i < count; i++) {
    engine.recorder.record("system", "tick", { severity: i % 10 === 0 ? "warning" : "info", message: `tick ${i}` });
    if (i % 500 === 499) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await engine.close();
}

/** What the log says of exports, newest first, with the server gone. */
async function exportsOnRecord(dir: string) {
  const engine = await openEngine(filePlace(join(dir, "data")));
  try {
    const page = await engine.query.page({ filter: { actions: ["activity_log.exported"] }, limit: 50 });
    return entriesIn(page.entriesText.slice(1, -1).replaceAll("},{", "}\n{"));
  } finally {
    await engine.close();
  }
}

const exportOf = ({ run }: Processes, ...args: readonly string[]) => run({ args: ["export", ...args] });

processTest("without a server the database itself is exported, in every format, with every filter", async (test) => {
  await withEntries(test.dir, 2500);
  const lines = await exportOf(test);
  assertEquals([lines.code, lines.stderr], [0, ""]);
  assertEquals(
    entriesIn(lines.stdout).map(({ message }) => message),
    Array.from({ length: 2500 }, (_, i) => `tick ${i}`),
  );
  const csv = await exportOf(test, "--format", "csv", "--severities=warning", "--q", "TICK 1");
  assertEquals([csv.code, csv.stderr], [0, ""]);
  // 10, 100 … 190 and 1000 … 1990, after the header.
  assertEquals(csv.stdout.split("\r\n").length - 2, 1 + 10 + 100);
  const json = await exportOf(test, "--format", "json", "--actions", "activity_log.exported", "--actions", "none");
  assertEquals(JSON.parse(json.stdout).map((entry: { actor: string }) => entry.actor), ["system", "system"]);
  const empty = await exportOf(test, "--format=json", "--entity-name", "nothing has this name");
  assertEquals([empty.code, empty.stdout, empty.stderr], [0, "[]\n", ""]);
});

processTest("where no log is, none is made, and what is no plain file is not replaced", async (test) => {
  const nowhere = await exportOf(test);
  assertEquals([nowhere.code, nowhere.stdout], [2, ""]);
  assertMatch(
    nowhere.stderr,
    /^lumenlog: Cannot export: there is no log in .*data; --data-dir names another place\n$/,
  );
  assertEquals(existsSync(join(test.dir, "data")), false);
  await withEntries(test.dir, 3);
  await Deno.symlink(join(test.dir, "elsewhere"), join(test.dir, "link"));
  for (const name of ["link", "data"]) {
    const refused = await exportOf(test, "--output", join(test.dir, name));
    assertEquals([refused.code, refused.stdout], [1, ""]);
    assertMatch(refused.stderr, /^lumenlog: Cannot write .*: it is there, and no plain file\n$/);
  }
  assertEquals(await exportsOnRecord(test.dir), []);
});

processTest("a running server exports for whoever has a key, under that key's name", async (test) => {
  const server = await test.start();
  const api = createApiClient(server.url);
  const token = await api.createKey({ label: "desk" });
  const without = await exportOf(test);
  assertEquals([without.code, without.stdout], [1, ""]);
  assertMatch(without.stderr, /^lumenlog: The running server needs a key: give it with --token or LUMENLOG_TOKEN\n$/);
  const wrong = await exportOf(test, "--token", "ll_no-such-token-anywhere");
  assertEquals([wrong.code, wrong.stderr.includes("ll_no")], [1, false]);
  const file = await test.run({ args: ["export", "--format", "csv"], env: { LUMENLOG_TOKEN: token } });
  assertEquals([file.code, file.stderr], [0, ""]);
  assertMatch(file.stdout, /^id,ts,.*\r\n/);
  assertStringIncludes(file.stdout, "auth.key_created");
  const [entry] = await createApiClient(server.url, token).entries("actions=activity_log.exported");
  assertEquals([entry?.actor, entry?.metadata["complete"]], ["desk", true]);
});

processTest("a file appears under its name once it is whole, and nothing is left of one that is not", async (test) => {
  await withEntries(test.dir, 1500);
  const path = join(test.dir, "out.csv");
  const whole = await exportOf(test, "--format", "csv", "--output", path);
  assertEquals([whole.code, whole.stdout, whole.stderr], [0, "", ""]);
  assertEquals((await Deno.readTextFile(path)).split("\r\n").length, 1502);
  const nowhere = await exportOf(test, "--output", join(test.dir, "no/such/dir/out.csv"));
  assertEquals(nowhere.code, 1);
  assertMatch(nowhere.stderr, /^lumenlog: Cannot write .*no\/such\/dir\/out\.csv: [^\n]+\n$/);
  const refused = await exportOf(test, "--output", path, "--url", "http://127.0.0.1:9");
  assertEquals(refused.code, 1);
  assertMatch(refused.stderr, /^lumenlog: Cannot reach the server at http:\/\/127\.0\.0\.1:9/);
  const left = [...Deno.readDirSync(test.dir)].map(({ name }) => name).filter((name) => name.startsWith("out"));
  assertEquals(left, ["out.csv"]);
  assertEquals((await Deno.readTextFile(path)).split("\r\n").length, 1502, "and the old file is as it was");
});

processTest("what cannot be exported is refused with 2 and the flag's name, and nothing done", async (test) => {
  const wrong: readonly (readonly [args: readonly string[], said: RegExp])[] = [
    [["--format", "xml"], /Cannot use --format: /],
    [["--guard", "maybe"], /Cannot use --guard: /],
    [["--since", "yesterday"], /Cannot use --since: must be a date/],
    [["--since", "2026-02-02", "--until", "2026-01-01"], /Cannot use --since: must not be after until/],
    [["--categories", "auth,nonsense"], /Cannot use --categories: /],
    [["--entity-id="], /Cannot use --entity-id: /],
    [["--output="], /Cannot use --output: /],
    [["--limit", "5"], /Cannot use --limit: no such flag/],
    [["--entity_id", "x"], /Cannot use --entity_id: no such flag.*--entity-id/],
    [["--q", "a", "--q", "b"], /Cannot use --q: it is given twice/],
    [["now"], /Cannot use "now": export takes flags only/],
  ];
  for (const [args, said] of wrong) {
    const { code, stdout, stderr } = await exportOf(test, ...args);
    assertEquals([code, stdout], [2, ""], stderr);
    assertMatch(stderr, said);
    assertMatch(stderr, /^lumenlog: [^\n]+\n$/);
  }
  const help = await test.run({ args: ["export", "--help"] });
  assertEquals([help.code, help.stderr], [0, ""]);
  for (const flag of ["--format", "--output", "--metadata-value", "--tag", "--since"]) {
    assertStringIncludes(help.stdout, flag);
  }
  assertEquals(existsSync(join(test.dir, "data")), false);
});

/** The program at the head of a shell's pipe; prints its exit code at the end. */
async function piped(runtime: Runtime, dir: string, args: string, into: string) {
  const { program, args: before } = await runtime.command(dir);
  const quoted = [program, ...before].map((word) => `'${word}'`).join(" ");
  const script = `${quoted} export ${args} --data-dir '${dir}/data' | ${into}; echo "code \${PIPESTATUS[0]}"`;
  const options = { args: ["-c", script], cwd: ROOT, env: { NO_COLOR: "1" } };
  const { stdout, stderr } = await new Deno.Command("bash", options).output();
  return { stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

processTest("a reader that has seen enough ends the export without a word", async ({ runtime, dir }) => {
  await withEntries(dir, 20_000);
  const { stdout, stderr } = await within("the pipe", piped(runtime, dir, "", "head -n 1"));
  assertMatch(stdout, /^\{"id":"al_[^\n]*\}\ncode 1\n$/);
  assertEquals(stderr, "");
  const [entry] = await exportsOnRecord(dir);
  assertEquals(entry?.metadata["complete"], false);
});

processTest("a stop in the middle ends in order, also when nobody reads", async ({ runtime, dir }) => {
  await withEntries(dir, 20_000);
  const { program, args } = await runtime.command(dir);
  const child = new Deno.Command(program, {
    args: [...args, "export", "--data-dir", join(dir, "data")],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  assert(!(await within("the first bytes", reader.read())).done);
  child.kill("SIGINT");
  const { code } = await within("the end", child.status);
  const said = await new Response(child.stderr).text();
  await reader.cancel();
  assertEquals([code, said], [1, "lumenlog: The export was stopped\n"]);
  const [entry] = await exportsOnRecord(dir);
  assertEquals(entry?.metadata["complete"], false);
});

processTest(
  "a server that ends in the middle is told from one that has sent everything",
  async ({ run, start, dir }) => {
    await withEntries(dir, 20_000);
    const declared = { LUMENLOG_API_KEYS: "desk:viewer:desk-token-0123456789" };
    const server = await start({ env: declared });
    // A proxy would cut as this listener does: after the first bytes.
    const proxy = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
      const { pathname, search } = new URL(request.url);
      const answer = await fetch(`${server.url}${pathname}${search}`, { headers: request.headers });
      if (!pathname.endsWith("/export")) return answer;
      const reader = answer.body!.getReader();
      const { value } = await reader.read();
      await reader.cancel();
      return new Response(value, { headers: answer.headers });
    });
    try {
      const path = join(dir, "cut.ndjson");
      const args = ["export", "--url", `http://127.0.0.1:${proxy.addr.port}`, "--output", path];
      const cut = await run({ args, env: { LUMENLOG_TOKEN: "desk-token-0123456789" } });
      assertEquals(cut.code, 1);
      assertMatch(cut.stderr, /^lumenlog: Cannot trust the exported file: it (was cut|has \d+ of 2\d+ rows)\n$/);
      assertEquals(existsSync(path), false);
    } finally {
      await proxy.shutdown();
    }
    await eventually("the entry of the cut export", async () => {
      const api = createApiClient(server.url, "desk-token-0123456789");
      const [entry] = await api.entries("actions=activity_log.exported");
      return entry?.metadata["complete"] === false ? true : undefined;
    });
  },
);

Deno.test("the line of progress fits its terminal", () => {
  assertEquals(progressLine(1500, 3000, 250, 60), "1,500 of 3,000 rows 250/s [################................]");
  assertEquals(progressLine(1500, null, 250, 60), "1,500 rows 250/s");
  assertEquals(progressLine(3000, 1500, 250, 30), "3,000 of 1,500 rows 250/s");
  assertEquals(progressLine(0, 0, 0, 60), "0 of 0 rows 0/s");
  for (let width = 0; width < 120; width++) assert(progressLine(123_456, 1_000_000, 98_765, width).length <= width);
});

Deno.test("progress is drawn on a terminal alone, not too often, and taken away at the end", () => {
  let [written, now] = ["", 0];
  const at = (columns: number | null) =>
    createExportProgress({ write: (text) => written += text, columns: () => columns, now: () => now, total: 10 });
  const quiet = at(null);
  quiet.show(5);
  quiet.end();
  assertEquals(written, "");
  const shown = at(30);
  for (now = 0; now < 1000; now += 10) shown.show(5);
  assertEquals(written.split("\r").length - 1, 10);
  shown.end();
  assert(written.endsWith("\r\x1b[2K"));
});
