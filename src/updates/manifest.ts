import { z } from "zod";
import { UpdateProblem } from "./problem.ts";
import { isVersion } from "./versions.ts";

export const MANIFEST_BYTES = 1_048_576;
const PROGRAM_BYTES = 512 * 1_048_576;

export const CHANNELS = ["stable", "pre"] as const;
export type Channel = typeof CHANNELS[number];

const ARTIFACT = z.strictObject({
  /** Absolute, or as seen from the manifest. */
  url: z.string().min(1).max(2048),
  size: z.int().min(1).max(PROGRAM_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519, base64. */
  signature: z.base64().length(88),
});

/** A machine of a later version must not keep an older one from reading the manifest: any name of this form. */
const TARGET = z.string().regex(/^[a-z0-9]+-[a-z0-9]+$/).max(40);

const RELEASE = z.strictObject({
  version: z.string().max(100).refine(isVersion),
  channel: z.enum(CHANNELS),
  released_at: z.iso.datetime(),
  notes: z.string().max(20_000),
  targets: z.record(TARGET, ARTIFACT),
});

export const MANIFEST = z.strictObject({ format: z.literal(1), releases: z.array(RELEASE).max(200) });

export type Artifact = z.output<typeof ARTIFACT>;
export type Release = z.output<typeof RELEASE>;
export type Manifest = z.output<typeof MANIFEST>;

/** Throws an UpdateProblem that tells the first thing that is wrong. */
export function parseManifest(bytes: Uint8Array): Manifest {
  const parsed = MANIFEST.safeParse(jsonOf(bytes));
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new UpdateProblem(`the list of releases is not as it must be${path === "" ? "" : ` at ${path.slice(0, 100)}`}`);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new UpdateProblem("the list of releases is not JSON", { cause: error });
  }
}
