import { open } from "node:fs/promises";
import { writeAll } from "./write_all.ts";

/** Bytes between two writes to the disk itself: what gathers unwritten would be written while a commit of the log waits. */
const FLUSH_BYTES = 8 * 1024 * 1024;

/** A file that is being written from its start. */
export interface PartFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Writes all that comes. */
  takeAll(source: AsyncIterable<Uint8Array>): Promise<void>;
  /** Why it could not be written; undefined if it could. A pipeline may tell of its own end instead. */
  failure(): unknown;
  /** Safe from a loss of power when it resolves. */
  finish(): Promise<void>;
  /** May be called again. */
  close(): Promise<void>;
}

/** Makes the file (mode 0600) or writes it anew. */
export async function openPartFile(path: string): Promise<PartFile> {
  const file = await open(path, "w", 0o600);
  let unflushed = 0;
  let closed = false;
  let failure: unknown;
  const put = async (bytes: Uint8Array) => {
    await writeAll(file, bytes);
    unflushed += bytes.length;
    if (unflushed < FLUSH_BYTES) return;
    unflushed = 0;
    await file.datasync();
  };
  const write = (bytes: Uint8Array) =>
    put(bytes).catch((error: unknown) => {
      failure ??= error;
      throw error;
    });
  return {
    write,
    failure: () => failure,
    takeAll: async (source) => {
      for await (const bytes of source) await write(bytes);
    },
    finish: () => file.sync(),
    close: async () => {
      if (!closed) await file.close();
      closed = true;
    },
  };
}
