import { assert, assertEquals } from "@std/assert";
import { databaseFile } from "../../src/runtime/database.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { type ServerProcess, withProcesses } from "../support/process.ts";
import { createRandom, type Random } from "../support/random.ts";
import { createApiClient } from "./api_client.ts";
import { createFollower, type Follower } from "./follower.ts";
import { type Caller, createCaller } from "./kill_callers.ts";
import { assertEntriesOf, type Existing, listAll, replay, sorted } from "./kill_model.ts";
import { RUNTIMES } from "./runtimes.ts";
import { pause } from "./waiting.ts";

const KILLS = 50;
const CALLERS = 8;
const LONGEST_LOAD_MS = 400;
const present = RUNTIMES.filter(({ missing }) => missing === undefined);
const skipped = RUNTIMES.flatMap(({ name, missing }) =>
  missing === undefined ? [] : [` [SKIPPED ${name}: ${missing}]`]
);

/** What is known from outside, over all servers that ran on the directory. */
interface Known {
  readonly follower: Follower;
  readonly existing: Existing;
  readonly requestIds: Set<string>;
  acknowledged: number;
}

Deno.test(`a server killed ${KILLS} times under load loses no acknowledged action and no entry${skipped.join("")}`, async () => {
  const seed = Number(Deno.env.get("LUMENLOG_TEST_SEED") ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  const known: Known = { follower: createFollower(), existing: new Map(), requestIds: new Set(), acknowledged: 0 };
  await withProcesses(present[0]!, async (processes) => {
    let callers: readonly Caller[] = [];
    for (let round = 0; round <= KILLS; round++) {
      try {
        const server = await processes.start({ runtime: present[round % present.length]! });
        await check(server, known, callers);
        if (round < KILLS) callers = await load(server, round, random);
        else await checkFile(server, known);
      } catch (error) {
        throw new Error(`Round ${round} with LUMENLOG_TEST_SEED=${seed}`, { cause: error });
      }
    }
  });
  assert(known.acknowledged > KILLS * CALLERS, `there was no load: ${known.acknowledged} actions`);
});

/** Puts a server under load, until it is killed. */
async function load(server: ServerProcess, round: number, random: Random): Promise<readonly Caller[]> {
  const api = createApiClient(server.url);
  const callers = Array.from({ length: CALLERS }, (_, at) => createCaller(`Caller ${round}-${at}`, random));
  const running = Promise.all(callers.map((caller) => caller.run(api)));
  await Promise.race([running, pause(20 + random.int(LONGEST_LOAD_MS))]);
  await server.kill("SIGKILL");
  await running;
  return callers;
}

/** The server started on what the last one left, and everything fits together. */
async function check(server: ServerProcess, known: Known, callers: readonly Caller[]): Promise<void> {
  const { follower, existing, requestIds } = known;
  const from = follower.seen.length;
  await follower.catchUp(server.url);
  assertEquals(follower.faults, []);
  const logged = follower.seen.slice(from);
  assertEntriesOf(callers, logged);
  replay(existing, logged);
  assertEquals(sorted(await listAll(createApiClient(server.url))), sorted(existing), "entities and entries differ");
  const starts = logged.filter(({ entry }) => entry.action === "server.started");
  assertEquals(starts.map(({ entry }) => entry.metadata["clean"]), [from === 0]);
  for (const { requestId } of callers.flatMap(({ acknowledged }) => acknowledged)) {
    assert(requestId !== "" && !requestIds.has(requestId), `the request id ${requestId} is not unique`);
    requestIds.add(requestId);
    known.acknowledged++;
  }
}

/** The database itself is sound, and has the very entries that were sent. */
async function checkFile(server: ServerProcess, { follower }: Known): Promise<void> {
  assertEquals((await server.kill("SIGTERM")).code, 0);
  const db = openFile(databaseFile(server.dataDir), "read");
  try {
    assertEquals(db.all("PRAGMA integrity_check", []), [{ integrity_check: "ok" }]);
    assertEquals(db.all("PRAGMA foreign_key_check", []), []);
    const rows = db.all("SELECT seq, entry FROM activity_log ORDER BY seq", []);
    const stored = rows.map(({ seq, entry }) => ({ seq, entry: JSON.parse(String(entry)) }));
    for (const [at, logged] of follower.seen.entries()) assertEquals(stored[at], logged);
    assertEquals(stored.slice(follower.seen.length).map(({ entry }) => entry.action), ["server.shutting_down"]);
  } finally {
    db.close();
  }
}
