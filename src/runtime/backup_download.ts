import { lstat, open } from "node:fs/promises";
import type { KeptFile, OpenedFile } from "../backups/folder.ts";

const PIECE = 64 * 1024;

/** Opens a plain file to be read once, no faster than it is taken; undefined when another one has taken its place. */
export async function openDownload(path: string, { filename, size }: KeptFile): Promise<OpenedFile | undefined> {
  const file = await open(path, "r").catch(() => undefined); // it went a moment ago
  if (file === undefined) return undefined;
  const [opened, there] = await Promise.all([file.stat(), lstat(path).catch(() => undefined)]);
  // A link that was put there meanwhile would lead to another file than the one that was looked at.
  if (!opened.isFile() || opened.size !== size || there?.ino !== opened.ino) {
    await file.close();
    return undefined;
  }
  let left = size;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      try {
        const { bytesRead, buffer } = await file.read(new Uint8Array(Math.min(PIECE, left)), 0, Math.min(PIECE, left));
        if (bytesRead === 0 && left > 0) throw new Error("Cannot read the backup: it has become shorter");
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead));
        left -= bytesRead;
        if (left > 0) return;
        await file.close();
        controller.close();
      } catch (error) {
        await file.close().catch(() => undefined); // what went wrong first is what counts
        throw error;
      }
    },
    cancel: () => file.close(),
  }, { highWaterMark: 0 });
  return { filename, size, stream };
}
