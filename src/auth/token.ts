import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import type { Entropy } from "../audit/ports.ts";

const LEAST_LENGTH = 16;
const MOST_LENGTH = 512;
/** Visible ASCII without the comma, which separates both declared keys and repeated headers. */
const WRITABLE = /^[\x21-\x2b\x2d-\x7e]*$/;

/** A new token: `ll_` and 32 random bytes as base64url, 46 characters. */
export const makeToken = (entropy: Entropy): string => `ll_${Buffer.from(entropy.bytes(32)).toString("base64url")}`;

/** SHA-256, 32 bytes. No salt and no stretching: what is made here has 256 bits, and every request pays for it. */
export const hashToken = (token: string): Uint8Array => createHash("sha256").update(token, "utf8").digest();

/** What is wrong with a token, without repeating any of it; undefined when it may be used. */
export function tokenProblem(token: string): string | undefined {
  if (token.length < LEAST_LENGTH) return `the token is shorter than ${LEAST_LENGTH} characters`;
  if (token.length > MOST_LENGTH) return `the token is longer than ${MOST_LENGTH} characters`;
  if (!WRITABLE.test(token)) return "the token has a character other than visible ASCII";
  return undefined;
}

/**
 * The one whose hash belongs to the token. Every hash is compared, each in constant time, so that the time taken tells
 * neither how much of a token was right nor which key it belongs to.
 */
export function findByToken<K extends { readonly hash: Uint8Array }>(keys: readonly K[], token: string): K | undefined {
  const hash = hashToken(token);
  let found: K | undefined;
  for (const key of keys) if (timingSafeEqual(key.hash, hash)) found = key;
  return found;
}
