import { assertEquals, assertMatch } from "@std/assert";
import { gzipSync } from "node:zlib";
import { bytesOf, refusalOf, streamOf, withBackups } from "./open_backups.ts";

const MB = 1024 * 1024;

Deno.test("nothing is begun that would not fit, so that the log always can be written", () =>
  withBackups(async ({ backups, dir, names }) => {
    const bytes = bytesOf(dir);
    const full = /^unavailable: Cannot .*(the disk is full|not enough room)/;
    assertMatch(await refusalOf(backups.make("manual")), full);
    assertMatch(await refusalOf(backups.keepCopy()), full);
    assertMatch(await refusalOf(backups.takeIn(streamOf(bytes))), full);
    assertMatch(await refusalOf(backups.takeIn(streamOf(new Uint8Array(gzipSync(bytes))))), full);
    assertEquals(names(), []);
  }, { free: 64 * MB + 50_000 }));

Deno.test("with room it is made", () =>
  withBackups(async ({ backups }) => void await backups.make("manual"), { free: 80 * MB }));

Deno.test("a database on another server is not backed up here, but files are taken in for it", () =>
  withBackups(async ({ backups, dir, names }) => {
    const bytes = bytesOf(dir);
    assertMatch(await refusalOf(backups.make("manual")), /^conflict: .*another server; back it up there/);
    assertMatch(await refusalOf(backups.keepCopy()), /^conflict: /);
    const { filename } = await backups.takeIn(streamOf(bytes));
    assertEquals(names(), [filename]);
  }, { elsewhere: true }));
