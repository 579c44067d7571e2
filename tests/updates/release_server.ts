import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { makeKey, signedArtifact, withRelease } from "../../build/release_manifest.ts";
import type { Artifact, Manifest, Release } from "../../src/updates/manifest.ts";
import { createPrivateKey } from "node:crypto";

/** A place of releases as a maker of the program would have it: a web server with a list and files. */
export interface ReleaseServer {
  readonly url: string;
  readonly publicKey: string;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** What is answered at a path; takes the place of what was there. */
  at(path: string, answer: (request: Request) => Response | Promise<Response>): void;
  /** The list is this JSON, or text. */
  list(content: unknown): void;
  close(): Promise<void>;
}

const KEY = makeKey();
export const PUBLIC_KEY = KEY.publicKey;
export const PRIVATE_KEY: KeyObject = createPrivateKey(KEY.privatePem);

export function startReleaseServer(): ReleaseServer {
  const answers = new Map<string, (request: Request) => Response | Promise<Response>>();
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    return answers.get(pathname)?.(request) ?? new Response("", { status: 404 });
  });
  const at: ReleaseServer["at"] = (path, answer) => void answers.set(path, answer);
  return {
    url: `http://127.0.0.1:${server.addr.port}/list.json`,
    publicKey: PUBLIC_KEY,
    asked,
    at,
    list: (content) =>
      at("/list.json", () => new Response(typeof content === "string" ? content : JSON.stringify(content))),
    close: () => server.shutdown(),
  };
}

export const TARGET = `${Deno.build.os}-${Deno.build.arch === "aarch64" ? "arm64" : "x64"}`;

/** A program that only knows its version, for whoever asks. */
export const programText = (says: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`#!/bin/sh\n[ "$1" = --version ] && echo "${says}"\n# ${"x".repeat(200_000)}\n`);

export interface ReleaseOptions {
  readonly version?: string;
  readonly channel?: "stable" | "pre";
  readonly notes?: string;
  readonly target?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly url?: string;
  readonly key?: KeyObject;
}

/** A release that is signed as `deno task release` signs it. */
export function releaseOf(options: ReleaseOptions = {}): Release {
  const { version = "9.0.0", channel = "stable", notes = "All new.", target = TARGET, url = "program" } = options;
  const head = { version, channel, released_at: "2026-11-01T12:00:00.000Z", notes };
  const bytes = options.bytes ?? programText(`lumenlog ${version}`);
  return { ...head, targets: { [target]: signedArtifact(options.key ?? PRIVATE_KEY, head, { target, url, bytes }) } };
}

export const manifestOf = (...releases: readonly Release[]): Manifest =>
  releases.reduce(withRelease, { format: 1, releases: [] });

/** The release with something of its file changed after it was signed. */
export function tampered(release: Release, change: Partial<Artifact>): Release {
  const targets = Object.entries(release.targets).map(([name, artifact]) => [name, { ...artifact, ...change }]);
  return { ...release, targets: Object.fromEntries(targets) };
}

export const otherKey = (): KeyObject => generateKeyPairSync("ed25519").privateKey;
export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
