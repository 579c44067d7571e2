import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Turn } from "../../src/audit/ports.ts";
import { readMarker, writeMarker } from "../../src/runtime/update_marker.ts";
import { systemPorts } from "../../src/runtime/ports.ts";
import { eventually } from "../runtime/waiting.ts";
import { manifestOf, releaseOf } from "./release_server.ts";
import { type OpenOptions, type UpdatesTest, VERSION, withUpdates } from "./updates_app.ts";

const upkeep = (sentence: string, work: (test: UpdatesTest) => Promise<void>) =>
  Deno.test(sentence, () => withUpdates(work));

/** Timers by hand: those of a minute and more wait until they are let go. */
function handTurn() {
  const waiting: { readonly ms: number; readonly callback: () => void }[] = [];
  const { turn } = systemPorts();
  const delay: Turn["delay"] = (callback, ms) => {
    const timer = { ms, callback };
    waiting.push(timer);
    return () => void (waiting.includes(timer) && waiting.splice(waiting.indexOf(timer), 1));
  };
  const next = () => {
    const [timer, ...more] = waiting.splice(0);
    assert(timer !== undefined && more.length === 0, `${more.length + 1} timers`);
    timer.callback();
    return timer.ms / 60_000;
  };
  return { turn: { after: turn.after, delay }, next, waiting };
}

upkeep("it looks some minutes after the start, then about once a day, unless that is turned off", async (test) => {
  const { open, releases } = test;
  releases.list(manifestOf(releaseOf({ version: "1.1.0" })));
  const { turn, next, waiting } = handTurn();
  const updates = await open({ turn });
  const work = new AbortController();
  await updates.start(work.signal);
  assertEquals(releases.asked, []);
  const first = next();
  assert(first >= 2 && first <= 10, `${first} minutes`);
  await eventually("the first look", () => Promise.resolve(updates.status().state === "available" ? true : undefined));
  await updates.change({ check_daily: false });
  await eventually("the next one", () => Promise.resolve(waiting.length === 1 ? true : undefined));
  const hours = next() / 60;
  assert(hours >= 23 && hours <= 25, `${hours} hours`);
  await eventually("the next one", () => Promise.resolve(waiting.length === 1 ? true : undefined));
  assertEquals(releases.asked, ["/list.json"], "it was turned off");
  work.abort();
  assertEquals(waiting, []);
});

upkeep("an update that was undone is put on record once, told, and its marker goes", async (test) => {
  const { open, binary, dataDir, entries } = test;
  const path = await Deno.realPath(binary);
  writeMarker(dataDir, { from: VERSION, to: "1.1.0", binary: path, old: `${path}.old`, starts: 1, copy: null });
  await Deno.writeTextFile(`${binary}.new`, "half of it");
  const updates = await open();
  await updates.start(new AbortController().signal);
  assertEquals(updates.status().problem, "Version 1.1.0 did not answer after its start, so this one was put back");
  assertEquals([readMarker(dataDir), test.files()], [undefined, ["lumenlog"]]);
  await (await open()).start(new AbortController().signal);
  assertEquals((await entries()).map(({ action, actor, metadata }) => [action, actor, metadata]), [
    ["update.rolled_back", "system", { version: "1.1.0" }],
  ]);
});

upkeep(
  "the marker of an update that never came to its end goes, and one that has to show itself stays",
  async (test) => {
    const { open, binary, dataDir, entries } = test;
    const path = await Deno.realPath(binary);
    const marker = { from: VERSION, to: "1.1.0", binary: path, old: `${path}.old`, starts: 0, copy: null };
    writeMarker(dataDir, marker);
    await (await open({ version: "1.1.0" })).start(new AbortController().signal);
    assertEquals(readMarker(dataDir), marker);
    await (await open()).start(new AbortController().signal);
    assertEquals([readMarker(dataDir), await entries()], [undefined, []]);
  },
);

/** By why: how the service is opened, and what it says. */
const UNSUPPORTED: Readonly<Record<string, readonly [OpenOptions, string]>> = {
  "is no single file": [{ noProgram: true }, "does not run from the one-file program"],
  "knows no place for new versions": [{ url: null }, "LUMENLOG_UPDATE_URL"],
  "knows nobody's key": [{ key: null }, "LUMENLOG_UPDATE_KEY"],
  "would not be started again": [{ restarts: "in_process" }, "Nothing would start the new version"],
};

for (const [what, [options, words]] of Object.entries(UNSUPPORTED)) {
  upkeep(`a program that ${what} says that it cannot update itself, and refuses to`, async ({ open, releases }) => {
    const { turn, waiting } = handTurn();
    const updates = await open({ ...options, turn });
    const { supported, reason, state } = updates.status();
    assertEquals([supported, state], [false, "idle"]);
    assertStringIncludes(reason ?? "", words);
    for (const ask of [updates.check, updates.apply, updates.dismiss]) {
      const refusal = await Promise.resolve().then(ask).then(() => undefined, (error: unknown) => error);
      assertStringIncludes(String(refusal), words);
    }
    await updates.start(new AbortController().signal);
    assertEquals([waiting, releases.asked], [[], []]);
    assertEquals((await updates.change({ check_daily: false })).check_daily, false);
  });
}
