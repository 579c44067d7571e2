import type { FileHandle } from "node:fs/promises";

/** Writes every byte behind what was written before: one call of the file system may take fewer. */
export async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}
