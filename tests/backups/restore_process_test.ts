import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { migrate } from "../../src/sql/migrations.ts";
import { createFollower } from "../runtime/follower.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { caughtUp } from "../support/live_client.ts";
import { processTest, type ServerProcess } from "../support/process.ts";

const TOKEN = "a-token-of-the-desk-that-is-long-enough";
const ENV = { LUMENLOG_API_KEYS: `desk:admin:${TOKEN}` };
const STOPS = [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }];

function call(server: ServerProcess, method: string, path: string, json?: unknown, token = TOKEN): Promise<Response> {
  return fetch(`${server.url}/api/v1/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(json === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
}

// deno-lint-ignore no-explicit-any -- answers of the program, whose shapes other tests hold
async function expect(status: number, answer: Promise<Response>): Promise<any> {
  const got = await answer;
  const text = await got.text();
  assertEquals(got.status, status, text);
  return text === "" ? null : JSON.parse(text);
}

const add = (server: ServerProcess, name: string) =>
  expect(201, call(server, "POST", "gradients", { name, stops: STOPS }));

const names = async (server: ServerProcess): Promise<readonly string[]> =>
  (await expect(200, call(server, "GET", "gradients"))).items.map(({ name }: { name: string }) => name);

const backUp = async (server: ServerProcess): Promise<string> =>
  (await expect(201, call(server, "POST", "backups"))).filename;

interface Told {
  readonly id: string;
  readonly action: string;
  readonly actor: string;
  readonly entity_id: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The whole log, newest first. */
async function logOf(server: ServerProcess, token = TOKEN): Promise<readonly Told[]> {
  const entries: Told[] = [];
  for (let before = "";;) {
    const page = await expect(200, call(server, "GET", `activity-log?limit=200${before}`, undefined, token));
    entries.push(...page.entries);
    if (!page.has_more) return entries;
    before = `&before_seq=${page.next_before_seq}`;
  }
}

processTest(
  "a restore brings back what was set up, the log goes on, and live clients miss nothing",
  async ({ start }) => {
    const server = await start({ env: ENV });
    await add(server, "Dusk");
    const target = await expect(201, call(server, "POST", "output-targets", { name: "Desk" }));
    const filename = await backUp(server);
    await add(server, "Dawn");
    await expect(204, call(server, "DELETE", `output-targets/${target.id}`));

    const follower = createFollower();
    const client = await follower.connect(server.url, TOKEN);
    await caughtUp(client);
    const known = follower.last();
    const restored = await expect(200, call(server, "POST", `backups/${filename}/restore`));
    assertEquals({ filename: restored.filename, log: restored.log }, { filename, log: "kept" });
    assertEquals((await client.closed).code, 1012);
    assertEquals(client.messages.slice(-2), [{ type: "server_restarting", reason: "restore" }, { type: "reset" }]);

    assertEquals(await names(server), ["Dusk"]);
    assertEquals((await expect(200, call(server, "GET", `output-targets/${target.id}`))).name, "Desk");
    await add(server, "Dawn");
    await follower.catchUp(server.url, TOKEN);
    assertEquals(follower.faults, []);
    const told = follower.seen.find(({ entry }) => entry.action === "backup.restored");
    assertEquals(told?.entry.actor, "desk");
    assertEquals<unknown>(told?.entry.metadata, {
      filename,
      from_seq: restored.from_seq,
      carried: told!.seq - 1 - restored.from_seq,
    });
    assert(told!.seq > known);
    assert(restored.carried >= 2, "what was done since the backup is in the log that goes on");

    const { items } = await expect(200, call(server, "GET", "backups"));
    assertEquals(items[0].filename, restored.safety_copy);
    assertEquals(items[0].kind, "safety");
    // And back: the copy is the database as it was before.
    await expect(200, call(server, "POST", `backups/${restored.safety_copy}/restore`));
    assertEquals(await names(server), ["Dawn", "Dusk"]);
    await expect(404, call(server, "GET", `output-targets/${target.id}`));
    const { code, stderr } = await server.kill();
    assertEquals({ code, stderr: stderr.includes("ERROR") }, { code: 0, stderr: false });
  },
);

processTest("what is written during a restore is told to come later, or is on record", async ({ start }) => {
  const server = await start({ env: ENV });
  const filename = await backUp(server);
  const acknowledged: string[] = [];
  const refused: (string | null)[] = [];
  let stopped = false;
  const write = async (who: number) => {
    for (let n = 0; !stopped; n++) {
      const answer = await call(server, "POST", "gradients", { name: `${who} ${n}`, stops: STOPS });
      const body = await answer.json();
      if (answer.status === 201) acknowledged.push(body.id);
      else {
        assertEquals(answer.status, 503);
        refused.push(answer.headers.get("retry-after"));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  };
  const writers = [1, 2, 3].map(write);
  while (acknowledged.length < 5) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let round = 0; round < 3; round++) await expect(200, call(server, "POST", `backups/${filename}/restore`));
  const soFar = acknowledged.length;
  while (acknowledged.length < soFar + 5) await new Promise((resolve) => setTimeout(resolve, 5));
  stopped = true;
  await Promise.all(writers);
  const log = await logOf(server);
  const created = new Set(log.filter(({ action }) => action === "entity.created").map((entry) => entry.entity_id));
  assertEquals(acknowledged.filter((id) => !created.has(id)), []);
  assertEquals(refused.filter((after) => after === null), []);
  assertEquals(log.filter(({ action }) => action === "backup.restored").length, 3);
});

processTest("a new box takes the log with the keys of the old one, when they are asked for", async ({ start }) => {
  const old = await start({ dataDir: "old" });
  const first = await fetch(`${old.url}/api/v1/system/api-keys`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ label: "first" }),
  });
  const { token } = await first.json();
  await expect(201, call(old, "POST", "gradients", { name: "Dusk", stops: STOPS }, token));
  const { filename } = await expect(201, call(old, "POST", "backups", undefined, token));
  const file = await (await call(old, "GET", `backups/${filename}`, undefined, token)).bytes();
  const told = await logOf(old, token);

  const box = await start({ dataDir: "new", env: ENV });
  const upload = await fetch(`${box.url}/api/v1/backups/upload`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/gzip" },
    body: file,
  });
  const taken = await upload.json();
  assertEquals(upload.status, 201, JSON.stringify(taken));
  const restored = await expect(200, call(box, "POST", `backups/${taken.filename}/restore`, { keys: true }));
  assertEquals(restored.log, "taken");
  const log = await logOf(box, token);
  assertEquals(log[0]?.action, "backup.restored");
  assertEquals(log[0]?.actor, "desk");
  // The backup does not know of itself.
  const backedUp = told.filter(({ action }) => action !== "backup.created");
  assertEquals(log.slice(-backedUp.length), backedUp);
  // The keys of the environment stay beside them.
  assertEquals(await names(box), ["Dusk"]);
});

/** A database after the script, with the schema of ours or without. */
async function databaseOf(dir: string, script: string, ours: boolean): Promise<Uint8Array> {
  const path = join(dir, `${crypto.randomUUID()}.db`);
  const db = openFile(path, "write");
  const target = {
    all: (sql: string) => Promise.resolve(db.all(sql, [])),
    exec: (text: string) => Promise.resolve(db.exec(text)),
  };
  if (ours) await migrate(target, readMigrations(programRoot()), () => 0);
  db.exec(script);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  return await Deno.readFile(path);
}

const NEWER = "INSERT INTO schema_migration VALUES (9999, 'later', 'x', 't')";
const BROKEN = `INSERT INTO entity VALUES ('gr_1', 'gradient', 'G', '', '[]', 'no JSON', '{}', 1, 't', 't')`;

processTest("what cannot be restored is refused with the reason, and nothing has changed", async ({ start, dir }) => {
  const server = await start({ env: ENV });
  await add(server, "Dusk");
  const filename = await backUp(server);
  const folder = join(server.dataDir, "backups");
  const whole = await Deno.readFile(join(folder, filename));
  const follower = createFollower();
  const client = await follower.connect(server.url, TOKEN);
  await caughtUp(client);
  const before = follower.last();
  const put = (bytes: Uint8Array, at: number) => {
    const name = `lumenlog-20200101-000000-00${at}-uploaded.db.gz`;
    return Deno.writeFile(join(folder, name), bytes).then(() => name);
  };
  // In long runs of the same some bytes may be others and mean the same; the sum at the end may not.
  const tampered = whole.slice();
  tampered[tampered.length - 6]! ^= 0xff;
  const cases: readonly (readonly [string, RegExp])[] = [
    [await put(whole.subarray(0, whole.length - 100), 1), /cut|damaged/],
    [await put(tampered, 2), /damaged|cut/],
    [await put(new Uint8Array(0), 3), /empty/],
    [await put(new TextEncoder().encode("no backup at all, only text"), 4), /neither a gzip file nor a database/],
    [
      await put(gzipSync(await databaseOf(dir, "CREATE TABLE other (id INTEGER)", false)), 5),
      /Lumenlog|other program|not/,
    ],
    [await put(gzipSync("x".repeat(5000)), 6), /no database/],
    [await put(gzipSync(await databaseOf(dir, NEWER, true)), 7), /newer|does not know/],
    [await put(gzipSync(await databaseOf(dir, "SELECT 1", true)), 8), /empty|nothing/],
    [await put(gzipSync(await databaseOf(dir, BROKEN, true)), 9), /damaged/],
  ];
  for (const [name, reason] of cases) {
    const problem = await expect(422, call(server, "POST", `backups/${name}/restore`));
    assert(reason.test(problem.detail), `${name}: ${problem.detail}`);
  }
  await expect(404, call(server, "POST", "backups/lumenlog-20200101-000001-000-uploaded.db.gz/restore"));
  await expect(404, call(server, "POST", "backups/..%2F..%2Flumenlog.db/restore"));
  const without = await expect(422, call(server, "POST", `backups/${filename}/restore`, { keys: true }));
  assert(/admin/.test(without.detail), without.detail);
  await expect(422, call(server, "POST", `backups/${filename}/restore`, { keys: "yes" }));
  await add(server, "Dawn");
  await client.reached(before + 1);
  assertEquals(follower.last(), before + 1);
  assertEquals(await names(server), ["Dawn", "Dusk"]);
  const files = (await Array.fromAsync(Deno.readDir(folder))).map((file) => file.name);
  assertEquals(files.filter((name) => name.startsWith(".") || name.includes("safety")), []);
  await client.close();
});

processTest(
  "killed during a restore, the server comes back as it was or restored, and nothing else",
  async ({ start }) => {
    let server = await start({ env: ENV });
    await add(server, "Kept");
    const filename = await backUp(server);
    let log = (await logOf(server)).length;
    for (let round = 0; round < 6; round++) {
      const added = await add(server, `Round ${round}`);
      const answer = call(server, "POST", `backups/${filename}/restore`).then(
        ({ status }) => status,
        () => "cut" as const,
      );
      await new Promise((resolve) => setTimeout(resolve, 40 + 45 * round));
      await server.kill("SIGKILL");
      const status = await answer;
      server = await start({ env: ENV });
      const now = await names(server);
      const told = await logOf(server);
      const restored = told.filter(({ action }) => action === "backup.restored").length > 0 && now.length === 1;
      assertEquals(now, restored ? ["Kept"] : ["Kept", `Round ${round}`]);
      if (status === 200) assert(restored);
      assert(told.some(({ action, entity_id }) => action === "entity.created" && entity_id === added.id));
      assert(told.length > log);
      assertEquals(new Set(told.map(({ id }) => id)).size, told.length);
      log = told.length;
      const left = (await Array.fromAsync(Deno.readDir(join(server.dataDir, "backups")))).map((file) => file.name);
      assertEquals(left.filter((name) => name.startsWith(".")), []);
      if (!restored) await expect(200, call(server, "POST", `backups/${filename}/restore`));
    }
  },
);
