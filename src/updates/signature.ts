import { Buffer } from "node:buffer";
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Artifact, Release } from "./manifest.ts";

/** What stands before the 32 bytes of an Ed25519 key in its usual file format (SPKI, RFC 8410). */
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** The public key of whoever makes releases: base64 of its 32 bytes, or PEM. Undefined when it is neither, or of another kind. */
export function parseReleaseKey(text: string): KeyObject | undefined {
  try {
    const key = text.includes("-----BEGIN")
      ? createPublicKey({ key: text.replaceAll("\\n", "\n"), format: "pem" })
      : /^[A-Za-z0-9+/]{43}=$/.test(text)
      ? createPublicKey({ key: Buffer.concat([SPKI_HEAD, Buffer.from(text, "base64")]), format: "der", type: "spki" })
      : undefined;
    return key?.asymmetricKeyType === "ed25519" ? key : undefined;
  } catch {
    return undefined; // not a key at all
  }
}

/**
 * What is signed: everything that decides on a file, so that no other version, machine or channel can be said of it. None
 * of the lines can contain a line break.
 */
export const statementOf = (
  { version, channel, released_at, notes }: Omit<Release, "targets">,
  target: string,
  { size, sha256 }: Pick<Artifact, "size" | "sha256">,
): Uint8Array => {
  const noted = createHash("sha256").update(notes).digest("hex");
  const lines = ["lumenlog-release-1", version, channel, target, String(size), sha256, released_at, noted];
  return new TextEncoder().encode(lines.join("\n"));
};

export const isSigned = (key: KeyObject, release: Release, target: string, artifact: Artifact): boolean =>
  verify(null, statementOf(release, target, artifact), key, Buffer.from(artifact.signature, "base64"));
