import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { z } from "zod";
import { putInPlace, syncFolder, writeWhole } from "./update_files.ts";

/**
 * An update that has been applied and has not yet shown that it works: `update.json` (0600) in the data directory. Whoever
 * starts the new version reads it: the parent process of the server, or under a service manager the server itself.
 */
export interface UpdateMarker {
  /** The versions before and after. */
  readonly from: string;
  readonly to: string;
  /** Absolute paths: the program's file, and beside it the version before. */
  readonly binary: string;
  readonly old: string;
  /** How often the new version was started; 1 or more once it was seen to fail. */
  readonly starts: number;
  /** The copy of the database that was made before, if one was: its absolute path. */
  readonly copy: string | null;
}

const ABSOLUTE = z.string().max(4096).refine(isAbsolute);
/** It becomes part of a file's name. */
const VERSION = z.string().regex(/^[0-9A-Za-z.+-]{1,100}$/);
const MARKER = z.strictObject({
  from: VERSION,
  to: VERSION,
  binary: ABSOLUTE,
  old: ABSOLUTE,
  starts: z.int().min(0).max(1000),
  copy: ABSOLUTE.nullable(),
}).refine(({ binary, old }) => old === oldOf(binary));

/** Where the version before is kept. */
export const oldOf = (binary: string): string => `${binary}.old`;

const fileOf = (dataDir: string) => join(dataDir, "update.json");

/** Undefined when there is none, or when it is not as this program writes it. Never throws. */
export function readMarker(dataDir: string): UpdateMarker | undefined {
  try {
    if (!existsSync(fileOf(dataDir))) return undefined;
    const parsed = MARKER.safeParse(JSON.parse(readFileSync(fileOf(dataDir), "utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined; // not readable: nothing may be replaced on the word of such a file
  }
}

/** Whole or not at all, and durable when it returns. Throws what the file system refuses. */
export function writeMarker(dataDir: string, marker: UpdateMarker): void {
  writeWhole(fileOf(dataDir), textOf(marker));
}

const textOf = (marker: UpdateMarker) => `${JSON.stringify(marker)}\n`;

/** A full disk must not keep a start from being counted: then one digit of the file that is there is written over. */
function writeStarts(dataDir: string, marker: UpdateMarker): void {
  if (tried(() => writeMarker(dataDir, marker))) return;
  const text = textOf(marker);
  const present = readFileSync(fileOf(dataDir), "utf8");
  if (present.length !== text.length) throw new Error("The note of the update cannot be written over");
  writeFileSync(fileOf(dataDir), text, { flag: "r+" });
}

/** Throws what the file system refuses; does nothing when there is none. */
export function removeMarker(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
  syncFolder(dataDir); // one that came back after a power cut would undo an update that works
}

/**
 * Puts the version before back in the program's place, in one step; the marker stays, for that version to tell of it. Only
 * while the new version does not run, or by itself. Throws when there is none, or what the file system refuses.
 */
export function restoreOld(dataDir: string, marker: UpdateMarker): void {
  // A disk that is full must not keep a server from coming back; it only tells less of it then.
  tried(() => writeStarts(dataDir, { ...marker, starts: Math.max(1, marker.starts) }));
  if (!existsSync(marker.old)) throw new Error(`Cannot restore ${marker.binary}: ${marker.old} is not there`);
  putInPlace(marker.old, marker.binary);
}

/**
 * To be called first in a process under a service manager, which only starts again what ends: counts the start of a version that
 * has not shown that it works. If it was started before, then that start failed, and the version before is put back:
 * `rolled_back` means that the process is to end with the exit code that asks for another start. Never throws.
 */
export function noteStart(dataDir: string, version: string): "go_on" | "rolled_back" {
  const marker = readMarker(dataDir);
  if (marker === undefined || marker.to !== version) return "go_on";
  try {
    if (marker.starts === 0) {
      writeStarts(dataDir, { ...marker, starts: 1 });
      return "go_on";
    }
    restoreOld(dataDir, marker);
    return "rolled_back";
  } catch {
    return "go_on"; // what cannot be undone is tried as it is: that is better than no server
  }
}

/** To be called when this version has shown that it works. The version before stays beside it until the next update. Never throws. */
export function proven(dataDir: string, version: string): void {
  // In a directory that cannot be written now there is more to complain of, and the server does.
  if (readMarker(dataDir)?.to === version) tried(() => removeMarker(dataDir));
}

/** For a parent process: the update that has yet to show that it works, while the version before can still be put back. Never throws. */
export function unprovenUpdate(dataDir: string): UpdateMarker | undefined {
  const marker = readMarker(dataDir);
  return marker !== undefined && existsSync(marker.old) ? marker : undefined;
}

/** The update that was undone, for the version before, which runs again and has yet to tell; undefined when there is none. */
export function undoneUpdate(dataDir: string, version: string): UpdateMarker | undefined {
  const marker = readMarker(dataDir);
  return marker !== undefined && marker.from === version && marker.to !== version && marker.starts > 0
    ? marker
    : undefined;
}

function tried(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
