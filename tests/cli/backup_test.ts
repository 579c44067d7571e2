import { assert, assertEquals, assertMatch } from "@std/assert";
import { readdirSync } from "node:fs";
import { openApp } from "../support/app.ts";
import { type Ended, processTest, type StartOptions } from "../support/process.ts";
import { createApiClient } from "../runtime/api_client.ts";

type Run = (options: StartOptions) => Promise<Ended>;
const backup = (run: Run, ...args: readonly string[]) => run({ args: ["backup", ...args] });

/** What it printed; nothing went wrong. */
function printed({ code, stdout, stderr }: Ended): string {
  assertEquals(code, 0, stderr);
  return stdout.trimEnd();
}

/** How it ended, and what it said of it: lines for a person, and never a stack. */
function saidBy({ code, stdout, stderr }: Ended): string {
  assertEquals(stdout, "", stderr);
  assertMatch(stderr, /^(lumenlog: [^\n]+\n)+$/);
  assert(!/\bat .*\.(ts|mjs):\d+/.test(stderr), stderr);
  return `${code} ${stderr.trimEnd()}`;
}

const NAME = /^lumenlog-\d{8}-\d{6}-\d{3}-manual\.db\.gz$/;

processTest("backups are made, listed and fetched without a server, and are on record", async ({ run, dir }) => {
  assertEquals(printed(await backup(run, "list")), "");
  const first = printed(await backup(run));
  const second = printed(await backup(run, "create"));
  assertMatch(first, NAME);
  const lines = printed(await backup(run, "list")).split("\n").map((line) => line.split("\t"));
  assertEquals(lines.map(([name, kind]) => [name, kind]), [[second, "manual"], [first, "manual"]]);
  const fetched = await backup(run, "download", first, "--output", `${dir}/data/kept.db.gz`);
  assertEquals(printed(fetched), "");
  assertEquals(Deno.readFileSync(`${dir}/data/kept.db.gz`), Deno.readFileSync(`${dir}/data/backups/${first}`));
  assertEquals(lines[1]?.[2], String(Deno.statSync(`${dir}/data/kept.db.gz`).size));
  assertMatch(saidBy(await backup(run, "download", "../lumenlog.db", "--output", `${dir}/data/x`)), /^1 .*no backup/);
  assertEquals(readdirSync(`${dir}/data`).filter((name) => name.startsWith("x")), []);
  assertMatch(saidBy(await backup(run, "restore", first)), /^1 .*start the server first/);
  const app = await openApp(`${dir}/data`);
  const recorded = app.entries().filter(({ action }) => action === "backup.created");
  assertEquals(recorded.map(({ actor, metadata }) => [actor, metadata["filename"]]), [["system", first], [
    "system",
    second,
  ]]);
  await app.close();
});

processTest(
  "backups of a running server are made, listed, fetched and restored through it",
  async ({ start, run, dir }) => {
    const server = await start();
    const token = await createApiClient(server.url).createKey({ label: "desk" });
    const api = createApiClient(server.url, token);
    const stops = [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }];
    await api.create("gradients", { name: "Dawn", stops });
    assertMatch(saidBy(await backup(run)), /^1 .*--token/);
    assertMatch(saidBy(await backup(run, "list", "--token", "ll_wrong-wrong-wrong")), /^1 /);
    const made = printed(await backup(run, "create", "--token", token));
    assertMatch(made, NAME);
    const listed = await run({ args: ["backup", "list"], env: { LUMENLOG_TOKEN: token } });
    assertEquals(printed(listed).split("\t").slice(0, 2), [made, "manual"]);
    const output = `${dir}/data/kept.db.gz`;
    assertEquals(printed(await backup(run, "download", made, "--output", output, "--token", token)), "");
    assertEquals(Deno.readFileSync(output), Deno.readFileSync(`${dir}/data/backups/${made}`));
    await api.create("gradients", { name: "Dusk", stops });
    const restored = await backup(run, "restore", made, "--token", token);
    assertEquals([restored.code, restored.stdout], [0, ""], restored.stderr);
    assertMatch(
      restored.stderr,
      /^Restored from lumenlog-\S+: as it was at entry \d+; \d+ newer entries stayed in the log\.\n.*safety\.db\.\n$/,
    );
    assertEquals((await api.list("gradients")).map(({ name }) => name), ["Dawn"]);
    assertMatch(saidBy(await backup(run, "restore", "nothing", "--token", token)), /^1 .*no backup/);
    const [entry] = await api.entries("q=backup.created&limit=1");
    assertEquals(entry?.actor, "desk");
    assert(![server.stderr(), server.stdout()].join().includes(token), "the process log shows a token");
  },
);

processTest("a line about backups that cannot be right ends with 2 and does nothing", async ({ run, dir }) => {
  const wrong: readonly (readonly [args: readonly string[], said: RegExp])[] = [
    [["restor", "x"], /"backup restor": no such command.*backup restore/],
    [["create", "now"], /"now": backup create takes flags only/],
    [["list", "now"], /"now": backup list takes flags only/],
    [["download"], /name of the backup is missing/],
    [["restore"], /name of the backup is missing/],
    [["download", "a", "b"], /one name/],
    [["restore", "a", "--keys=yes"], /--keys: it takes no value/],
    [["create", "--keys"], /--keys: no such flag/],
  ];
  for (const [args, said] of wrong) {
    const told = saidBy(await backup(run, ...args));
    assertMatch(told, /^2 /);
    assertMatch(told, said);
  }
  const help = await backup(run, "--help");
  assertEquals([help.code, help.stdout.includes("backup restore NAME [--keys]")], [0, true]);
  assertEquals(help.stdout.match(/^.* $/gm), null, "no line ends in a space");
  assertEquals([...Deno.readDirSync(dir)], []);
});
