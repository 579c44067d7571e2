import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";

/** Text as it is stored; done on another thread. */
export const pack = async (text: string): Promise<Uint8Array> => new Uint8Array(await promisify(gzip)(text));

export const unpack = async (packed: Uint8Array): Promise<string> =>
  new TextDecoder().decode(await promisify(gunzip)(packed));

/** Bytes. */
export const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

/** SHA-256, hex. */
export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");
