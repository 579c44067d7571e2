import { databaseFile } from "../../src/runtime/database.ts";
import { readLines } from "../runtime/line_reader.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { withTempDir } from "../support/engine.ts";
import {
  assertSoundLog,
  copyOf,
  folderIn,
  logOf,
  query,
  recordSome,
  restoreFrom,
  withAppOn,
  withEngineOn,
} from "./restore_support.ts";

const CHILD = new URL("./restore_child.ts", import.meta.url).pathname;
const STOPS = [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }];

function spawn(args: readonly string[]): Deno.ChildProcess {
  // The shell hands the signal that is ignored on; the arguments are none of its text.
  const shell = ["-c", 'trap "" XFSZ; exec "$@"', "sh", Deno.execPath(), "run", "-A", "--no-check", CHILD, ...args];
  return new Deno.Command("sh", { args: shell, stdout: "piped", stderr: "inherit" }).spawn();
}

/** Kills the child once it has said the word, after so many milliseconds more; what it had said by then. */
async function killAfter(child: Deno.ChildProcess, word: string, ms: number): Promise<string> {
  const lines = readLines(child.stdout);
  while (!lines.text().includes(word)) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await new Promise((resolve) => setTimeout(resolve, ms));
  try {
    child.kill("SIGKILL");
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it has ended already
  }
  await child.status;
  await lines.ended;
  return lines.text();
}

/** Entries of the backup: of what was made, of the end of its server, and many more. */
const BACKED_UP = 20_002;
const OWN = 5;

/** A backup with a gradient and a log, and a box without anything: all that a restore does is done. */
async function prepare(dir: string): Promise<{ readonly copy: string; readonly box: string }> {
  const old = await folderIn(dir, "old");
  await withAppOn(old, async (app) => {
    await app.call("POST", "/api/v1/gradients", { json: { name: "Dusk", stops: STOPS } });
  });
  await withEngineOn(old, (engine) => recordSome(engine, BACKED_UP - 2));
  const box = await folderIn(dir, "box");
  await withEngineOn(box, (engine) => recordSome(engine, OWN));
  return { copy: await copyOf(old), box };
}

const names = (dir: string) => query<{ name: string }>(databaseFile(dir), "SELECT name FROM entity").map((e) => e.name);

/** The old state whole, or the new one; which of them. */
function stateOf(box: string): "old" | "new" {
  const log = logOf(box);
  const restored = log.at(-1)?.entry.includes("backup.restored") === true;
  assertEquals(log.length, restored ? BACKED_UP + OWN + 1 : OWN);
  assertEquals(names(box), restored ? ["Dusk"] : []);
  assertSoundLog(box);
  return restored ? "new" : "old";
}

/** Makes boxes like the first: each is a folder of its own, as this process has opened the others. */
async function boxesLike(dir: string, box: string): Promise<() => Promise<string>> {
  const whole = await Deno.readFile(databaseFile(box));
  let made = 0;
  return async () => {
    const next = await folderIn(dir, `box-${++made}`);
    await Deno.writeFile(databaseFile(next), whole);
    return next;
  };
}

Deno.test("killed at any statement of a restore, the database is as it was", () =>
  withTempDir(async (dir) => {
    const { copy, box } = await prepare(dir);
    const nextBox = await boxesLike(dir, box);
    let steps = 0;
    await restoreFrom(box, copy, { step: () => Promise.resolve(void steps++) });
    assert(steps > 20);
    // Every third: each is a process of its own. The last one is right before the commit.
    for (let step = steps; step > 0; step -= 3) {
      const next = await nextBox();
      await killAfter(spawn([next, copy, "stop", String(step)]), "stopped", 0);
      assertEquals(stateOf(next), "old");
    }
  }));

Deno.test("killed at any moment, the database is wholly the old one or wholly the new one, and the new one once told", () =>
  withTempDir(async (dir) => {
    const { copy, box } = await prepare(dir);
    const nextBox = await boxesLike(dir, box);
    for (let ms = 0; ms <= 240; ms += 20) {
      const next = await nextBox();
      const said = await killAfter(spawn([next, copy]), "begun", ms);
      const state = stateOf(next);
      if (said.includes("taken")) assertEquals(state, "new");
    }
    const told = await nextBox();
    await killAfter(spawn([told, copy]), "taken", 0);
    assertEquals(stateOf(told), "new");
  }));

const noLimit = await new Deno.Command("sh", { args: ["-c", "command -v prlimit"], stdout: "null" }).output()
  .then(({ success }) => success ? undefined : "no prlimit on this machine", () => "no shell on this machine");
const fullDisk = "on a disk without room a restore fails, and the database is as it was";

Deno.test({
  name: noLimit === undefined ? fullDisk : `${fullDisk} [SKIPPED: ${noLimit}]`,
  ignore: noLimit !== undefined,
  fn: () =>
    withTempDir(async (dir) => {
      const { copy, box } = await prepare(dir);
      const nextBox = await boxesLike(dir, box);
      const { size } = await Deno.stat(copy);
      let last = box;
      for (const part of [0.02, 0.3, 0.7]) {
        const next = last = await nextBox();
        const child = spawn([next, copy, "limit", String(Math.floor(size * part))]);
        const { stdout } = await child.output();
        assert(new TextDecoder().decode(stdout).includes("failed"));
        assertEquals(stateOf(next), "old");
        // What a failed one wrote is given back.
        assertEquals(await Deno.stat(`${databaseFile(next)}-wal`).then(({ size }) => size, () => 0), 0);
      }
      assertEquals((await restoreFrom(last, copy)).log, "taken");
      assertEquals(stateOf(last), "new");
    }),
});
