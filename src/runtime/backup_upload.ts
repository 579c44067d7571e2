import type { FillBound, Filled } from "../backups/folder.ts";
import { openPartFile } from "./part_file.ts";

type Piece = "idle" | "stopped" | "broken_off" | { readonly bytes: Uint8Array | undefined };

/** Writes what a sender sends into a file. Whatever ends it, the sender is told to stop. */
export async function fillFile(
  part: string,
  sent: ReadableStream<Uint8Array>,
  { limit, idleMs, signal }: FillBound,
): Promise<Filled> {
  const reader = sent.getReader();
  let stop = () => {};
  const stopped = new Promise<"stopped">((resolve) => stop = () => resolve("stopped"));
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  let whole = false;
  try {
    const file = await openPartFile(part);
    try {
      for (let bytes = 0;;) {
        const piece = await next(reader, idleMs, stopped);
        if (piece === "stopped") throw signal?.reason;
        if (typeof piece === "string") return { ok: false, why: piece };
        if (piece.bytes === undefined) {
          whole = true;
          return { ok: true, bytes };
        }
        bytes += piece.bytes.length;
        if (bytes > limit) return { ok: false, why: "too_large" };
        await file.write(piece.bytes);
      }
    } finally {
      await file.close();
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    // Not awaited: a sender may take any time to notice, or be gone already.
    if (!whole) void reader.cancel().catch(() => undefined);
  }
}

async function next(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  idleMs: number,
  stopped: Promise<"stopped">,
): Promise<Piece> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const idle = new Promise<"idle">((resolve) => timer = setTimeout(() => resolve("idle"), idleMs));
  const read = reader.read().then(({ value }): Piece => ({ bytes: value }), (): Piece => "broken_off");
  try {
    return await Promise.race([read, idle, stopped]);
  } finally {
    clearTimeout(timer);
  }
}
