import type { KeyObject } from "node:crypto";
import { besideOf } from "./address.ts";
import type { Channel, Manifest } from "./manifest.ts";
import { UpdateProblem } from "./problem.ts";
import { isSigned } from "./signature.ts";
import { compareVersions } from "./versions.ts";

/** A version that this program could become; its signature was verified. */
export interface Offer {
  readonly version: string;
  readonly notes: string;
  readonly releasedAt: string;
  readonly url: URL;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

interface Wanted {
  readonly channel: Channel;
  readonly target: string;
  /** The version that runs; only what comes after it is offered. */
  readonly version: string;
  readonly key: KeyObject;
  /** Where the manifest was found. */
  readonly from: URL;
}

/** The newest version of the manifest for this machine; undefined when none is newer. Throws an UpdateProblem when that one cannot be trusted. */
export function findOffer(manifest: Manifest, { channel, target, version, key, from }: Wanted): Offer | undefined {
  const [newest] = manifest.releases
    .filter((release) => channel === "pre" || release.channel === "stable")
    .filter((release) => Object.hasOwn(release.targets, target) && compareVersions(release.version, version) > 0)
    .toSorted((a, b) => compareVersions(b.version, a.version));
  const artifact = newest?.targets[target];
  if (newest === undefined || artifact === undefined) return undefined;
  if (!isSigned(key, newest, target, artifact)) {
    throw new UpdateProblem(`the signature of version ${newest.version} is not that of this program's makers`);
  }
  const url = besideOf(from, artifact.url);
  if (url === undefined) {
    throw new UpdateProblem(`version ${newest.version} is said to be on another host than the list of releases`);
  }
  return {
    version: newest.version,
    notes: newest.notes,
    releasedAt: newest.released_at,
    url,
    size: artifact.size,
    sha256: artifact.sha256,
  };
}
