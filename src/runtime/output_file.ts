import { randomUUID } from "node:crypto";
import { lstat, open, rename, rm } from "node:fs/promises";
import { writeAll } from "./write_all.ts";

/** A file that appears under its name once it is whole. */
export interface OutputFile {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Begins a file (mode 0600) beside the path; rejects when that cannot be written, and when something is there that is no
 * plain file: a pipe, a link or a device would be replaced instead of written to.
 */
export async function openOutputFile(path: string): Promise<OutputFile> {
  const present = await lstat(path).catch(() => undefined); // most often nothing is there yet
  if (present && !present.isFile()) throw new Error("it is there, and no plain file");
  const part = `${path}.${randomUUID().slice(0, 8)}.part`;
  const file = await open(part, "wx", 0o600);
  let closed = false;
  const close = async () => {
    if (!closed) await file.close();
    closed = true;
  };
  return {
    write: (bytes) => writeAll(file, bytes),
    finish: async () => {
      await file.sync();
      await close();
      await rename(part, path);
    },
    discard: async () => {
      await close();
      await rm(part, { force: true });
    },
  };
}
