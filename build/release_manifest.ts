import { Buffer } from "node:buffer";
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type Artifact, MANIFEST, type Manifest, type Release } from "../src/updates/manifest.ts";
import { statementOf } from "../src/updates/signature.ts";
import { compareVersions } from "../src/updates/versions.ts";
import { TARGETS } from "./targets.ts";

const FIRST = "lumenlog-";
const NAMES: readonly string[] = Object.values(TARGETS).map(({ name }) => name.slice(FIRST.length));

/** The machine that a file is for, by its name: `lumenlog-linux-x64`, `lumenlog-windows-x64.exe`. Throws when it tells none. */
export function machineOf(file: string): string {
  const name = file.replace(/\.exe$/, "").slice(FIRST.length);
  if (file.startsWith(FIRST) && NAMES.includes(name)) return name;
  throw new Error(`Cannot release ${file}: its name is not ${FIRST}… with one of ${NAMES.join(", ")}`);
}

/** What the list says of one file. */
export function signedArtifact(
  key: KeyObject,
  release: Omit<Release, "targets">,
  file: { readonly target: string; readonly url: string; readonly bytes: Uint8Array },
): Artifact {
  const size = file.bytes.length;
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  const signature = sign(null, statementOf(release, file.target, { size, sha256 }), key).toString("base64");
  return { url: file.url, size, sha256, signature };
}

/** The list with this release in it, newest first, in place of what it said of the same version. Throws when it would not be one. */
export function withRelease(manifest: Manifest, release: Release): Manifest {
  const others = manifest.releases.filter(({ version }) => compareVersions(version, release.version) !== 0);
  const releases = [release, ...others].toSorted((a, b) => compareVersions(b.version, a.version));
  return MANIFEST.parse({ format: 1, releases });
}

/** A new pair: the private key as PEM, to be kept away from every server; the public one as settings have it. */
export function makeKey(): { readonly privatePem: string; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const spki = publicKey.export({ type: "spki", format: "der" });
  return {
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    publicKey: Buffer.from(spki.subarray(-32)).toString("base64"),
  };
}
