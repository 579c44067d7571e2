import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { unpackChromium } from "./packed_chromium.ts";

/** A program to start, with what its environment needs besides the tester's own. */
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Made ready only when its turn comes. */
export type Candidate = () => Promise<Chromium>;

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/** The value of CHROMIUM_BIN that asks for the browser from npm. */
const FROM_NPM = "npm";

/**
 * The browsers to try, best first: what CHROMIUM_BIN names (a path, or `npm`) and nothing else; without it those on
 * the PATH, then the one from npm. Empty where there is none.
 */
export function chromiumCandidates(): readonly Candidate[] {
  const wanted = Deno.env.get("CHROMIUM_BIN") ?? "";
  if (wanted === FROM_NPM) return [unpackChromium];
  return wanted === "" ? [...installed(), ...packed()] : [at(wanted)];
}

/** Why no test can run in a browser here; undefined where they can. */
export function chromiumProblem(): string | undefined {
  if (chromiumCandidates().length > 0) return undefined;
  return `no Chromium is installed, and npm has none for ${Deno.build.os} ${Deno.build.arch}: set CHROMIUM_BIN`;
}

const at = (path: string): Candidate => () => Promise.resolve({ path, env: {} });

function installed(): readonly Candidate[] {
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter).filter((folder) => folder !== "");
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).filter((path) => existsSync(path));
  return [...new Set(paths)].map(at);
}

function packed(): readonly Candidate[] {
  return Deno.build.os === "linux" && Deno.build.arch === "x86_64" ? [unpackChromium] : [];
}
