import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { Refusal } from "../../src/base/errors.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { readMarker } from "../../src/runtime/update_marker.ts";
import type { Updates } from "../../src/updates/service.ts";
import { dbPath } from "../support/engine.ts";
import { manifestOf, programText, releaseOf } from "./release_server.ts";
import { findDiskProblem, mountSmallDisk } from "./small_disk.ts";
import { type OpenOptions, type UpdatesTest, VERSION, withUpdates } from "./updates_app.ts";

const applies = (sentence: string, work: (test: UpdatesTest) => Promise<void>) =>
  Deno.test(sentence, () => withUpdates(work));

const NEXT = programText("lumenlog 1.1.0");

/** A service that knows version 1.1.0. */
async function ready({ open, releases }: UpdatesTest, options: OpenOptions = {}): Promise<Updates> {
  releases.list(manifestOf(releaseOf({ version: "1.1.0", bytes: NEXT })));
  releases.at("/program", () => new Response(NEXT));
  const updates = await open(options);
  assertEquals((await updates.check()).problem, null);
  return updates;
}

/** What became of an update that was begun. */
async function finished(updates: Updates) {
  for (;;) {
    const { state, problem } = updates.status();
    if (state !== "downloading" && state !== "ready") return { state, problem: problem ?? "" };
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function assertAsBefore({ files, binary, dataDir, ended, entries }: UpdatesTest): Promise<void> {
  assertEquals(files(), ["lumenlog"]);
  assertEquals(await Deno.readFile(binary), programText(`lumenlog ${VERSION}`));
  assertEquals(readMarker(dataDir), undefined);
  assertEquals(ended, []);
  assertEquals(await entries(), []);
}

applies(
  "applied: the new file is the program, the old one beside it, whoever asked is on record, and it restarts",
  async (test) => {
    const { binary, dataDir, engine, ended, entries, files } = test;
    const copies: string[] = [];
    const beforeApply = () => {
      copies.push(updates.status().state);
      return Promise.resolve("/copies/before.db.gz");
    };
    const updates = await ready(test, { beforeApply });
    const present = await Deno.stat(binary);
    const begun = await engine.context.run({ actor: "desk", recorded: () => {} }, updates.apply);
    assertEquals([begun.state, begun.progress?.received, begun.progress?.total], ["downloading", 0, NEXT.length]);
    assertEquals(await finished(updates), { state: "applied", problem: "" });
    assertEquals(copies, ["ready"], "the copy is made when nothing but the exchange is left to do");
    assertEquals(files(), ["lumenlog", "lumenlog.old"]);
    assertEquals(await Deno.readFile(binary), NEXT);
    assertEquals(await Deno.readFile(`${binary}.old`), programText(`lumenlog ${VERSION}`));
    const { mode, uid, gid } = await Deno.stat(binary);
    assertEquals([mode, uid, gid], [present.mode, present.uid, present.gid]);
    assertEquals(readMarker(dataDir), {
      from: VERSION,
      to: "1.1.0",
      binary: await Deno.realPath(binary),
      old: `${await Deno.realPath(binary)}.old`,
      starts: 0,
      copy: "/copies/before.db.gz",
    });
    assertEquals((await Deno.stat(`${dataDir}/update.json`)).mode! & 0o777, 0o600);
    assertEquals(ended, ["restart for update"]);
    assertEquals((await entries()).map(({ action, actor, metadata }) => [action, actor, metadata]), [
      ["update.applied", "desk", { version: "1.1.0" }],
      ["server.restarting", "desk", {}],
    ]);
    await assertRejects(updates.check, Refusal, "under way");
    assertThrowsConflict(updates.apply);
  },
);

function assertThrowsConflict(work: () => Promise<unknown>): void {
  let refusal: unknown;
  try {
    void work().catch(() => {});
  } catch (error) {
    refusal = error;
  }
  assert(refusal instanceof Refusal && refusal.code === "conflict", String(refusal));
}

applies("nothing is applied before a version is known, nor two at once", async (test) => {
  const updates = await test.open();
  assertThrowsConflict(updates.apply);
  await assertRejects(updates.dismiss, Refusal, "look for one first");
  const knows = await ready(test);
  await knows.apply();
  assertThrowsConflict(knows.apply);
  await assertRejects(knows.check, Refusal, "under way");
  assertEquals((await finished(knows)).state, "applied");
  assertEquals(test.ended, ["restart for update"]);
});

/** By what is wrong with the file that comes: the answer, and what is said of it. */
const BAD_FILES: Readonly<Record<string, readonly [() => Response, RegExp]>> = {
  "is not there": [() => new Response("", { status: 404 }), /answers 404/],
  "is one byte short": [() => new Response(NEXT.slice(0, -1)), /another size/],
  "is one byte long": [() => new Response(new Uint8Array([...NEXT, 10])), /another size/],
  "is longer than it says": [() => new Response(stream([...NEXT, 10])), /more than it may/],
  "is shorter, and does not say": [() => new Response(stream(NEXT.slice(0, 1000))), /another size/],
  "has one byte changed": [() => new Response(changed()), /SHA-256 differs/],
  "stops in the middle": [() => new Response(broken()), /cut/],
  "is on another host all at once": [
    () => new Response(null, { status: 302, headers: { location: "http://127.0.0.2/program" } }),
    /another host/,
  ],
};

const stream = (bytes: Iterable<number>) =>
  new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });

function changed(): Uint8Array<ArrayBuffer> {
  const bytes = NEXT.slice();
  bytes[bytes.length - 2] = 0x79;
  return bytes;
}

/** Nothing comes after the half of it. */
const broken = () =>
  new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(NEXT.slice(0, 100_000)) });

for (const [what, [answer, words]] of Object.entries(BAD_FILES)) {
  applies(`a file that ${what} is refused in words; nothing is left, and a later try works`, async (test) => {
    const updates = await ready(test, { idleMs: 500 });
    test.releases.at("/program", answer);
    await updates.apply();
    const { state, problem } = await finished(updates);
    assertEquals(state, "available");
    assertMatch(problem, /^Cannot update to 1\.1\.0: /);
    assertMatch(problem, words);
    await assertAsBefore(test);
    test.releases.at("/program", () => new Response(NEXT));
    await updates.apply();
    assertEquals((await finished(updates)).state, "applied");
  });
}

applies("a file that is not the signed one is not even run", async (test) => {
  const updates = await ready(test);
  const trace = `${test.dir}/trace`;
  const evil = new TextEncoder().encode(`#!/bin/sh\ntouch ${trace}\necho lumenlog 1.1.0\n#`.padEnd(NEXT.length, "x"));
  assertEquals(evil.length, NEXT.length);
  test.releases.at("/program", () => new Response(evil));
  await updates.apply();
  assertStringIncludes((await finished(updates)).problem, "SHA-256 differs");
  assertEquals(existsSync(trace), false);
  await assertAsBefore(test);
});

applies(
  "a file that does not run here, or is another version than it says, does not become the program",
  async (test) => {
    const { releases, open } = test;
    for (
      const [text, words] of [
        ["lumenlog 1.1.1", "another version"],
        ["lumenlog 1.1.0 or so", "another version"],
        ["#!/no/such/machine\n", "does not run on this machine"],
        ["#!/bin/sh\necho lumenlog 1.1.0; exit 3\n", "does not run on this machine"],
      ] as const
    ) {
      const bytes = text.startsWith("lumenlog") ? programText(text) : new TextEncoder().encode(text);
      releases.list(manifestOf(releaseOf({ version: "1.1.0", bytes })));
      releases.at("/program", () => new Response(bytes));
      const updates = await open();
      await updates.check();
      await updates.apply();
      const { state, problem } = await finished(updates);
      assertEquals(state, "available");
      assertStringIncludes(problem, words);
      await assertAsBefore(test);
    }
  },
);

applies("a copy of the database that cannot be made keeps the program as it is", async (test) => {
  const updates = await ready(test, {
    beforeApply: () => Promise.reject(new Refusal("unavailable", "Cannot make a backup: the disk is full")),
  });
  await updates.apply();
  assertEquals(await finished(updates), {
    state: "available",
    problem: "Cannot update to 1.1.0: Cannot make a backup: the disk is full",
  });
  await assertAsBefore(test);
});

applies("a file that somebody exchanges after it was looked at does not become the program", async (test) => {
  const updates = await ready(test, {
    beforeApply: async () => {
      await Deno.writeFile(`${test.binary}.new`, programText("lumenlog 6.6.6"));
      return null;
    },
  });
  await updates.apply();
  const { problem } = await finished(updates);
  assertStringIncludes(problem, "SHA-256 differs");
  await assertAsBefore(test);
});

applies("of two servers with one program, the second keeps the way back that the first one has", async (test) => {
  const other = `${test.dir}/other`;
  await Deno.mkdir(other);
  const [first, second] = [await ready(test), await ready(test, { dataDir: other })];
  await first.apply();
  assertEquals((await finished(first)).state, "applied");
  await second.apply();
  const { state, problem } = await finished(second);
  assertEquals([state, readMarker(other)], ["available", undefined]);
  assertStringIncludes(problem, "restart this server first");
  assertEquals(test.files(), ["lumenlog", "lumenlog.old"]);
  assertEquals(await Deno.readFile(`${test.binary}.old`), programText(`lumenlog ${VERSION}`));
});

applies("a program whose file was moved away cannot be updated, says so, and serves all the same", async (test) => {
  await Deno.rename(test.binary, `${test.binary}-elsewhere`);
  const updates = await test.open();
  await updates.start(new AbortController().signal);
  assertEquals(updates.status().supported, false);
  assertStringIncludes(updates.status().reason ?? "", "is not where it was");
  assertEquals(test.files(), ["lumenlog-elsewhere"]);
});

applies("an update that cannot be put on record is taken back", async (test) => {
  const foreign = openFile(dbPath(test.dataDir), "write");
  const updates = await ready(test, {
    beforeApply: () => {
      foreign.exec("BEGIN IMMEDIATE");
      return Promise.resolve(null);
    },
  });
  await updates.apply();
  const outcome = await finished(updates);
  foreign.close();
  assertEquals(outcome, { state: "available", problem: "Cannot update to 1.1.0: the database does not answer" });
  assertEquals(test.files(), ["lumenlog"]);
  assertEquals(await Deno.readFile(test.binary), programText(`lumenlog ${VERSION}`));
  assertEquals([readMarker(test.dataDir), test.ended], [undefined, []]);
});

applies("a stop gives up what is on the way", async (test) => {
  const updates = await ready(test);
  let asked = () => {};
  const came = new Promise<void>((resolve) => asked = resolve);
  test.releases.at("/program", () => {
    asked();
    return new Response(new ReadableStream({ start: (controller) => controller.enqueue(NEXT.slice(0, 1000)) }));
  });
  await updates.apply();
  await came;
  await updates.stop();
  await assertAsBefore(test);
});

const diskProblem = findDiskProblem();

function onSmallDisk(sentence: string, work: (test: UpdatesTest) => Promise<void>): void {
  if (diskProblem) Deno.test.ignore(`${sentence} [SKIPPED: ${diskProblem}]`, () => {});
  else applies(sentence, work);
}

onSmallDisk("a disk that is full keeps the program as it is, and says so", async (test) => {
  using _disk = mountSmallDisk(`${test.dir}/bin`, 300);
  await Deno.writeFile(test.binary, programText(`lumenlog ${VERSION}`), { mode: 0o751 });
  const updates = await ready(test);
  await updates.apply();
  assertEquals(await finished(updates), { state: "available", problem: "Cannot update to 1.1.0: the disk is full" });
  await assertAsBefore(test);
});

onSmallDisk("a data directory that is full keeps the program as it is, and says so", async (test) => {
  const dataDir = `${test.dir}/small`;
  await Deno.mkdir(dataDir);
  using disk = mountSmallDisk(dataDir, 64);
  disk.fill();
  const updates = await ready({ ...test, open: (options) => test.open({ ...options, dataDir }) });
  await updates.apply();
  assertEquals(await finished(updates), { state: "available", problem: "Cannot update to 1.1.0: the disk is full" });
  await assertAsBefore(test);
  assertEquals([...Deno.readDirSync(dataDir)].map(({ name }) => name), ["filler"]);
});

onSmallDisk("a program in a place for reading only is not updated, and says why", async (test) => {
  using disk = mountSmallDisk(`${test.dir}/bin`, 1000);
  await Deno.writeFile(test.binary, programText(`lumenlog ${VERSION}`), { mode: 0o751 });
  const updates = await ready(test);
  disk.readOnly();
  await updates.apply();
  assertStringIncludes((await finished(updates)).problem, "the folder of the program cannot be written");
  await assertAsBefore(test);
  const later = await test.open();
  const { supported, reason } = later.status();
  assertEquals(supported, false);
  assertStringIncludes(reason ?? "", "may not write to the folder of its program");
  await assertRejects(later.check, Refusal, "may not write");
});
