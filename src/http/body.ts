import { Refusal } from "../base/errors.ts";
import { nestsDeeper } from "./json_depth.ts";
import { Malformed } from "./problem.ts";

/** How much a sender may ask of us before anything is parsed. */
export interface Limits {
  readonly bodyBytes: number;
  /** Lists and objects inside each other. */
  readonly jsonDepth: number;
}

export const DEFAULT_LIMITS: Limits = { bodyBytes: 256 * 1024, jsonDepth: 32 };

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * The JSON value of a request; undefined when it has no body.
 * Refuses what is too large, of another media type or too deep; `Malformed` when it is no UTF-8 or no JSON.
 */
export async function readJson(request: Request, limits: Limits): Promise<unknown> {
  if (request.body === null) return undefined;
  const readable = isPlainJson(request.headers);
  // Of another type not a single byte is wanted, but an empty body has no type.
  const bytes = await bytesUpTo(request.body, readable ? limits.bodyBytes : 0);
  if (bytes === undefined) throw readable ? tooLarge(limits.bodyBytes) : otherType();
  return bytes.length === 0 ? undefined : parseJson(bytes, limits.jsonDepth);
}

/** The bytes of a request that carries a file. Refuses a request without a body, of another media type, or packed on the way. */
export async function openBytes(
  request: Request,
  types: readonly string[],
  limits: Limits,
): Promise<ReadableStream<Uint8Array>> {
  const type = request.headers.get("content-type")?.replace(/;.*$/s, "").trim().toLowerCase() ?? "";
  const coding = request.headers.get("content-encoding") ?? "identity";
  if (!types.includes(type) || coding !== "identity") {
    await drain(request, limits);
    throw new Refusal("unsupported_media_type", `The body must be one of ${types.join(", ")}, as it stands`);
  }
  if (request.body === null) throw missing();
  return request.body;
}

export const missing = () =>
  new Refusal("invalid", "A body is needed", { issues: [{ field: "", message: "Missing" }] });

/** Takes an unwanted body off the connection as far as the limit goes, and stops the sender there. */
export async function drain(request: Request, limits: Limits): Promise<void> {
  if (request.body !== null) await bytesUpTo(request.body, limits.bodyBytes);
}

function isPlainJson(headers: Headers): boolean {
  const coding = headers.get("content-encoding") ?? "identity";
  return coding === "identity" && JSON_TYPE.test(headers.get("content-type") ?? "");
}

const tooLarge = (limit: number) => new Refusal("too_large", `The body is larger than ${limit} bytes`);
const otherType = () => new Refusal("unsupported_media_type", "The body must be application/json in UTF-8");

/** All bytes, or undefined as soon as there are more than `limit`. */
async function bytesUpTo(body: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array | undefined> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await next(reader); chunk !== undefined; chunk = await next(reader)) {
    size += chunk.length;
    if (size > limit) {
      // Not awaited: a sender may take any time to notice. A failure means that it is gone already.
      void reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0] : joined(chunks, size);
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    return (await reader.read()).value;
  } catch (cause) {
    throw new Malformed("The body broke off", { cause });
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function parseJson(bytes: Uint8Array, depth: number): unknown {
  if (nestsDeeper(bytes, depth)) {
    const message = `Nested deeper than ${depth} levels`;
    throw new Refusal("invalid", "The body is nested too deeply", { issues: [{ field: "", message }] });
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    // The parser's own message would quote the body, which may hold a secret.
    throw new Malformed("The body is not JSON in UTF-8", { cause });
  }
}
