import { assertEquals, assertThrows } from "@std/assert";
import { join } from "node:path";
import {
  noteStart,
  proven,
  readMarker,
  removeMarker,
  restoreOld,
  undoneUpdate,
  unprovenUpdate,
  type UpdateMarker,
  writeMarker,
} from "../../src/runtime/update_marker.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { findDiskProblem, mountSmallDisk } from "./small_disk.ts";

interface Updated {
  readonly dir: string;
  readonly marker: UpdateMarker;
  /** What the program's file holds. */
  binary(): string;
  files(): readonly string[];
}

/** The files as an update from 1.0.0 to 1.1.0 leaves them. */
const updated = (sentence: string, work: (test: Updated) => void) =>
  Deno.test(sentence, () =>
    withTempDir((dir) => {
      const binary = join(dir, "lumenlog");
      Deno.writeTextFileSync(binary, "new");
      Deno.writeTextFileSync(`${binary}.old`, "old");
      const marker = { from: "1.0.0", to: "1.1.0", binary, old: `${binary}.old`, starts: 0, copy: null };
      writeMarker(dir, marker);
      work({
        dir,
        marker,
        binary: () => Deno.readTextFileSync(binary),
        files: () => [...Deno.readDirSync(dir)].map(({ name }) => name).sort(),
      });
      return Promise.resolve();
    }));

updated("a new version that shows that it works stays, and its marker goes", ({ dir, binary, files }) => {
  assertEquals(noteStart(dir, "1.1.0"), "go_on");
  assertEquals(readMarker(dir)?.starts, 1);
  proven(dir, "1.0.0");
  assertEquals(readMarker(dir)?.starts, 1, "another version proves nothing");
  proven(dir, "1.1.0");
  assertEquals([readMarker(dir), binary(), files()], [undefined, "new", ["lumenlog", "lumenlog.old"]]);
  assertEquals([noteStart(dir, "1.1.0"), noteStart(dir, "1.1.0")], ["go_on", "go_on"]);
  assertEquals(binary(), "new");
});

updated("a new version whose first start failed is replaced by the old one at the second", ({ dir, binary, files }) => {
  assertEquals([noteStart(dir, "1.1.0"), binary()], ["go_on", "new"]);
  assertEquals([noteStart(dir, "1.1.0"), binary()], ["rolled_back", "old"]);
  assertEquals(files(), ["lumenlog", "update.json"]);
  assertEquals([noteStart(dir, "1.0.0"), binary()], ["go_on", "old"]);
  assertEquals(undoneUpdate(dir, "1.0.0")?.to, "1.1.0");
  removeMarker(dir);
  assertEquals(undoneUpdate(dir, "1.0.0"), undefined);
});

updated("a power cut between marker and file: the old version runs on, and nothing was undone", ({ dir }) => {
  assertEquals(noteStart(dir, "1.0.0"), "go_on");
  assertEquals([readMarker(dir)?.starts, undoneUpdate(dir, "1.0.0")], [0, undefined]);
});

updated("a parent process restores at once, and the old version tells of it", ({ dir, marker, binary }) => {
  assertEquals(unprovenUpdate(dir)?.to, "1.1.0");
  restoreOld(dir, marker);
  assertEquals([binary(), undoneUpdate(dir, "1.0.0")?.to], ["old", "1.1.0"]);
  assertEquals(unprovenUpdate(dir), undefined, "nothing is left to be restored");
  assertThrows(() => restoreOld(dir, marker), Error, "is not there");
  assertEquals(binary(), "old");
});

updated("a version that somebody installed by hand meanwhile is left alone", ({ dir, binary }) => {
  noteStart(dir, "1.1.0");
  assertEquals([noteStart(dir, "2.0.0"), undoneUpdate(dir, "2.0.0"), binary()], ["go_on", undefined, "new"]);
});

updated("without the old version beside it the new one is tried again and again", ({ dir, marker, binary }) => {
  Deno.removeSync(marker.old);
  noteStart(dir, "1.1.0");
  assertEquals([noteStart(dir, "1.1.0"), noteStart(dir, "1.1.0"), binary()], ["go_on", "go_on", "new"]);
});

updated("a marker that this program would not write moves no file", ({ dir, marker, binary }) => {
  // A file of the test's own: with the guard gone it would be moved.
  const elsewhere = join(dir, "elsewhere");
  Deno.writeTextFileSync(elsewhere, "elsewhere");
  const wrong: readonly unknown[] = [
    { ...marker, old: elsewhere },
    { ...marker, binary: "lumenlog", old: "lumenlog.old" },
    { ...marker, starts: -1 },
    { ...marker, starts: "1" },
    { ...marker, more: true },
    { to: "1.1.0" },
    null,
    [],
  ];
  for (const content of [...wrong.map((marker) => JSON.stringify(marker)), "", "{", "\0".repeat(100)]) {
    Deno.writeTextFileSync(join(dir, "update.json"), content);
    assertEquals(
      [readMarker(dir), noteStart(dir, "1.1.0"), noteStart(dir, "1.1.0")],
      [undefined, "go_on", "go_on"],
      content,
    );
    assertEquals([unprovenUpdate(dir), undoneUpdate(dir, "1.0.0")], [undefined, undefined]);
  }
  assertEquals(binary(), "new");
});

const diskProblem = findDiskProblem();
const skipped = diskProblem === undefined ? "" : ` [SKIPPED: ${diskProblem}]`;

updated(
  `starts are counted on a full disk too, and the second puts the old one back${skipped}`,
  ({ dir, marker, binary }) => {
    if (skipped !== "") return;
    const data = join(dir, "small");
    Deno.mkdirSync(data);
    using disk = mountSmallDisk(data, 64);
    writeMarker(data, marker);
    disk.fill();
    assertEquals([noteStart(data, "1.1.0"), readMarker(data)?.starts, binary()], ["go_on", 1, "new"]);
    assertEquals([noteStart(data, "1.1.0"), binary()], ["rolled_back", "old"]);
    assertEquals(undoneUpdate(data, "1.0.0")?.to, "1.1.0");
  },
);
