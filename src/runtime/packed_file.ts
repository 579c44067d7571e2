import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import type { Contents, Unpacked } from "../backups/tools.ts";
import { openPartFile } from "./part_file.ts";

const PIECE = 256 * 1024;

/** The bytes of an unpacking that are looked at before the next are made; a bomb gets no further than that. */
const STEP = 64 * 1024;

/** Packs a file with gzip into another one, which is made or replaced. Tells what was packed: the bytes as they were. */
export async function pack(from: string, to: string, { signal }: { signal?: AbortSignal } = {}): Promise<Contents> {
  const seen = createTally();
  const file = await openPartFile(to);
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: PIECE }),
      seen.pass,
      createGzip({ level: 1, chunkSize: PIECE }),
      file.takeAll,
      { signal },
    );
    await file.finish();
  } catch (error) {
    throw file.failure() ?? error;
  } finally {
    await file.close();
  }
  return seen.contents();
}

/**
 * Unpacks a gzip file into another one, which is made or replaced; with null for `to` it only looks what is in it. Stops at
 * more than `limit` bytes. A file that is no whole gzip, or holds more, is an outcome; a disk that fails rejects.
 */
export async function unpack(
  from: string,
  to: string | null,
  { limit, signal }: { limit: number; signal?: AbortSignal },
): Promise<Unpacked> {
  const seen = createTally(limit);
  const file = to === null ? undefined : await openPartFile(to);
  try {
    await pipeline(
      createReadStream(from, { highWaterMark: STEP }),
      createGunzip({ chunkSize: PIECE }),
      seen.pass,
      file?.takeAll ?? drop,
      { signal },
    );
    await file?.finish();
    return { ok: true, ...seen.contents() };
  } catch (error) {
    if (signal?.aborted || file?.failure() !== undefined) throw file?.failure() ?? error;
    const reason = seen.exceeded() ? "it unpacks to more than it may" : reasonOf(error);
    if (reason === undefined) throw error;
    return { ok: false, reason, tooLarge: seen.exceeded() };
  } finally {
    await file?.close();
  }
}

/** Counts and digests what passes; more than the limit does not. */
function createTally(limit = Infinity) {
  const digest = createHash("sha256");
  let bytes = 0;
  const pass = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const chunk of source) {
      bytes += chunk.length;
      if (bytes > limit) throw new Error("Cannot unpack: too large");
      digest.update(chunk);
      yield chunk;
    }
  };
  return { pass, exceeded: () => bytes > limit, contents: () => ({ bytes, sha256: digest.digest("hex") }) };
}

async function drop(source: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of source);
}

/** What the decompressor says, by its code; undefined for anything else that goes wrong. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  if (error.code === "Z_BUF_ERROR") return "it is cut: its end is missing";
  return typeof error.code === "string" && error.code.startsWith("Z_") ? "it is damaged" : undefined;
}
