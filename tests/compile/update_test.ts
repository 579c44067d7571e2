import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { UPDATE_STATUS } from "../../src/updates/schemas.ts";
import { type ApiClient, createApiClient } from "../runtime/api_client.ts";
import { eventually } from "../runtime/waiting.ts";
import { connectLive } from "../support/live_client.ts";
import { type Processes, type ServerProcess, withProcesses } from "../support/process.ts";
import { manifestOf, releaseOf, type ReleaseServer, startReleaseServer } from "../updates/release_server.ts";
import { findCompiler, oneFile } from "./compiled.ts";
import { compileEdition, type Edition } from "./versions.ts";

const OLD = "7.0.0";
const NEXT = "7.1.0";
const SILENT = "7.2.0";
const BROKEN = "7.3.0";

const EDITIONS: readonly Edition[] = [
  { version: OLD },
  { version: NEXT },
  {
    version: SILENT,
    // It runs, tells its version, makes the database its own, and never listens.
    migration: "CREATE TABLE brightness (id INTEGER PRIMARY KEY) STRICT;",
    changes: [{
      file: "src/main_deno.ts",
      from: "listen: async (options) => {",
      to: "listen: async (options) => {\n    await new Promise(() => setInterval(() => {}, 1000));",
    }],
  },
  // It has made the database its own when it finds that it cannot work on it.
  { version: BROKEN, migration: "DROP TABLE server_setting;" },
];

const compiler = findCompiler();
let folder = "";
const made = new Map<string, string>();

if (typeof compiler !== "string") {
  Deno.test.beforeAll(async () => {
    folder = await Deno.makeTempDir({ prefix: "lumenlog-update-" });
    for (const edition of EDITIONS) made.set(edition.version, await compileEdition(folder, compiler, edition));
  });
  Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));
}

interface Installed extends Processes {
  /** Where the program is installed; its folder is its own. */
  readonly binary: string;
  readonly releases: ReleaseServer;
  /** Settings for a server that looks for releases there. */
  readonly env: Readonly<Record<string, string>>;
  /** Lets this version be the newest one. */
  release(version: string): Promise<void>;
}

/** A machine on which the old version is installed. */
function updateTest(sentence: string, work: (installed: Installed) => Promise<void>): void {
  const name = `${sentence} (one file)`;
  if (typeof compiler === "string") return Deno.test.ignore(`${name} [SKIPPED: ${compiler}]`, () => {});
  Deno.test(name, async () => {
    const bin = await Deno.makeTempDir({ dir: folder });
    const binary = join(bin, "lumenlog");
    await Deno.copyFile(fileOf(OLD), binary);
    const releases = startReleaseServer();
    try {
      await withProcesses(oneFile(() => binary), (processes) =>
        work({
          ...processes,
          binary,
          releases,
          env: { LUMENLOG_UPDATE_URL: releases.url, LUMENLOG_UPDATE_KEY: releases.publicKey },
          release: async (version) => {
            const bytes = await Deno.readFile(fileOf(version));
            releases.list(manifestOf(releaseOf({ version, bytes })));
            releases.at("/program", () => new Response(bytes));
          },
        }));
    } finally {
      await releases.close();
      await Deno.remove(bin, { recursive: true });
    }
  });
}

function fileOf(version: string): string {
  const path = made.get(version);
  if (path === undefined) throw new Error(`${version} was not made`);
  return path;
}

/** Updates by hand, as a person does, to what was released last. */
async function update(url: string, to: string): Promise<void> {
  const api = createApiClient(url);
  const { state, problem, available } = UPDATE_STATUS.parse((await api.call("POST", "/api/v1/update/check")).json);
  assertEquals([state, problem, available?.version], ["available", null, to]);
  const applied = await api.call("POST", "/api/v1/update/apply");
  assertEquals([applied.status, UPDATE_STATUS.parse(applied.json).state], [202, "downloading"]);
}

/** Waits until a server of this version answers at the address. */
const answering = (url: string, version: string, seconds = 60) =>
  eventually(`version ${version} to answer`, async () => {
    const found = await healthOf(url);
    return found === version ? true : undefined;
  }, seconds * 1000);

async function healthOf(url: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) });
    return (await answer.json()).version;
  } catch {
    return undefined; // nobody answers now
  }
}

/** Where the server listens that was started last: a version that never listens loses the port that was picked for the one before. */
const lastUrl = ({ stdout, url }: ServerProcess): string =>
  [...stdout().matchAll(/^lumenlog listening on (\S+)$/gm)].at(-1)?.[1] ?? url;

/** Waits until the log tells that the update to this version was undone. */
const rolledBack = (server: ServerProcess, version: string) =>
  eventually(`the log to tell that ${version} was undone`, async () => {
    const story = await storyOf(createApiClient(lastUrl(server))).catch(() => []); // nobody answers while it starts
    return story.some((entry) => String(entry) === `update.rolled_back,${version}`) ? true : undefined;
  }, 180_000);

async function storyOf(api: ApiClient): Promise<readonly unknown[]> {
  const told = ["server.started", "server.restarting", "server.shutting_down", "update.applied", "update.rolled_back"];
  const entries = await api.entries(`limit=100&actions=${told.join(",")}`);
  return entries.toReversed().map(({ action, metadata }) => [action, metadata["version"] ?? null]);
}

const same = async (a: string, b: string) => {
  const [left, right] = [await Deno.readFile(a), await Deno.readFile(b)];
  assert(left.length === right.length && left.every((byte, i) => byte === right[i]), `${a} differs from ${b}`);
};

const FROM_OLD_TO_NEXT = [
  ["server.started", OLD],
  ["update.applied", NEXT],
  ["server.restarting", null],
  ["server.shutting_down", null],
  ["server.started", NEXT],
];

updateTest(
  "under its parent it becomes the next version at the same address, and one that is silent or ends is undone",
  async (test) => {
    const { start, release, binary, dir } = test;
    const server = await start({ env: { ...test.env, LUMENLOG_SUPERVISED: "no" } });
    const api = createApiClient(server.url);
    const { id } = await api.create("gradients", { name: "Sunset" });
    await release(NEXT);
    const client = await connectLive(server.url);
    await update(server.url, NEXT);
    const told = await client.until("the update", ({ type }) => type === "server_restarting");
    assertEquals(told, { type: "server_restarting", reason: "update" });
    await answering(server.url, NEXT);
    await marked(dir, false);
    assertEquals(await storyOf(api), FROM_OLD_TO_NEXT);
    assertEquals((await api.list("gradients")).map((gradient) => gradient.id), [id]);
    await same(binary, fileOf(NEXT));
    await same(`${binary}.old`, fileOf(OLD));

    await release(SILENT);
    await update(server.url, SILENT);
    await rolledBack(server, SILENT);
    await marked(dir, false);
    await same(binary, fileOf(NEXT));
    const after = createApiClient(lastUrl(server));
    const story = await storyOf(after);
    assertEquals(story.slice(0, 8), [
      ...FROM_OLD_TO_NEXT,
      ["update.applied", SILENT],
      ["server.restarting", null],
      ["server.shutting_down", null],
    ]);
    assertEquals((await after.list("gradients")).map((gradient) => gradient.id), [id]);
    assertEquals(story.slice(-2).map(String).toSorted(), [`server.started,${NEXT}`, `update.rolled_back,${SILENT}`]);
    const { problem, version } = UPDATE_STATUS.parse((await after.call("GET", "/api/v1/update")).json);
    assertEquals([version, problem], [
      NEXT,
      `Version ${SILENT} did not answer after its start, so this one was put back`,
    ]);
    await release(BROKEN);
    await update(lastUrl(server), BROKEN);
    await rolledBack(server, BROKEN);
    await marked(dir, false);
    await same(binary, fileOf(NEXT));
    const again = createApiClient(lastUrl(server));
    assertEquals((await again.list("gradients")).map((gradient) => gradient.id), [id]);
    assertEquals((await storyOf(again)).slice(0, story.length), story, "the log goes on");
    assertEquals((await server.kill()).code, 0);
  },
);

updateTest(
  "a service manager starts the next version, and the second start of a silent one brings the old one back",
  async (test) => {
    const { start, run, release, binary, dir } = test;
    const env = { ...test.env, LUMENLOG_SUPERVISED: "yes" };
    /** As a service manager does: the same program again. */
    const again = (): Promise<ServerProcess> => start({ env });
    let server = await again();
    const { id } = await createApiClient(server.url).create("gradients", { name: "Sunset" });
    await release(NEXT);
    await update(server.url, NEXT);
    assertEquals((await server.ended).code, 75);
    server = await again();
    await answering(server.url, NEXT);
    await marked(dir, false);
    assertEquals(await storyOf(createApiClient(server.url)), FROM_OLD_TO_NEXT);

    await release(SILENT);
    await update(server.url, SILENT);
    assertEquals((await server.ended).code, 75);
    await same(binary, fileOf(SILENT));
    const silent = await run({ env });
    assertEquals([silent.code, silent.stdout], [1, ""]);
    assertStringIncludes(silent.stderr, "does not answer");
    assertEquals((await run({ env })).code, 75, "the second start puts the version before back");
    await same(binary, fileOf(NEXT));
    assertEquals(
      (await run({ env })).code,
      75,
      "that one finds a database that it does not know, and has the one before",
    );
    server = await again();
    await rolledBack(server, SILENT);
    await marked(dir, false);
    const left = createApiClient(server.url);
    assertEquals((await left.list("gradients")).map((gradient) => gradient.id), [id]);
    assertEquals((await storyOf(left)).slice(0, 8), [
      ...FROM_OLD_TO_NEXT,
      ["update.applied", SILENT],
      ["server.restarting", null],
      ["server.shutting_down", null],
    ]);
    assertEquals((await server.kill()).code, 0);
  },
);

/** Waits until the data directory tells of an update that has yet to show that it works, or no more. */
const marked = (dir: string, wanted: boolean) =>
  eventually(`the marker to ${wanted ? "come" : "go"}`, () => {
    const found = [...Deno.readDirSync(join(dir, "data"))].some(({ name }) => name === "update.json");
    return Promise.resolve(found === wanted ? true : undefined);
  });
