import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";

/** Writes a small text (0600) so that a reader sees all of it or what was there before, also after a power cut. */
export function writeWhole(path: string, text: string): void {
  const part = `${path}.part`;
  try {
    rmSync(part, { force: true });
    const file = openSync(part, "wx", 0o600);
    try {
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/**
 * Puts a file of the same folder in the place of a program that may be running, in one step. Windows does not let go of the name of a running
 * program to another file, but lets it be renamed: it is put aside first, and put back if the rest fails.
 */
export function putInPlace(file: string, program: string): void {
  if (process.platform !== "win32" || !existsSync(program)) renameSync(file, program);
  else {
    const aside = `${program}.replaced`;
    rmSync(aside, { force: true });
    renameSync(program, aside);
    try {
      renameSync(file, program);
    } catch (error) {
      renameSync(aside, program);
      throw error;
    }
  }
  syncFolder(dirname(program));
}

/** A rename is durable once its folder is. Where folders cannot be opened, as on Windows, the system sees to it. */
export function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
