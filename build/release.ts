/** Writes the list of releases that servers look at, with a signed entry for each file: `deno task release -- --key …`. */
import { createPrivateKey } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { parseReleaseUrl } from "../src/updates/address.ts";
import { type Artifact, MANIFEST, type Manifest } from "../src/updates/manifest.ts";
import { readReleaseArguments, type ReleaseArguments } from "./release_arguments.ts";
import { machineOf, makeKey, signedArtifact, withRelease } from "./release_manifest.ts";

async function writeKey(path: string): Promise<void> {
  const { privatePem, publicKey } = makeKey();
  await writeFile(path, privatePem, { mode: 0o600, flag: "wx" });
  console.log(`private key: ${path}, to be kept away from every server\nLUMENLOG_UPDATE_KEY=${publicKey}`);
}

async function release(wish: ReleaseArguments): Promise<void> {
  const key = createPrivateKey(await readFile(wish.key));
  if (key.asymmetricKeyType !== "ed25519") throw new Error(`Cannot sign with ${wish.key}: it is no Ed25519 key`);
  const { version, channel } = wish;
  const notes = (await readFile(wish.notes, "utf8")).trim();
  const head = { version, channel, released_at: new Date().toISOString(), notes };
  const targets: Record<string, Artifact> = {};
  for (const path of wish.files) {
    const target = machineOf(basename(path));
    const url = `${wish.urlBase.replace(/\/$/, "")}/${encodeURIComponent(basename(path))}`;
    if (parseReleaseUrl(url) === undefined) throw new Error(`Cannot release at ${url}: it must be an https:// address`);
    targets[target] = signedArtifact(key, head, { target, url, bytes: await readFile(path) });
  }
  const manifest = withRelease(await present(wish.output), { ...head, targets });
  await writeFile(wish.output, `${JSON.stringify(manifest, null, 2)}\n`);
  console.log(`${wish.output}: ${version} (${channel}) for ${Object.keys(targets).join(", ")}`);
}

async function present(path: string): Promise<Manifest> {
  return existsSync(path) ? MANIFEST.parse(JSON.parse(await readFile(path, "utf8"))) : { format: 1, releases: [] };
}

try {
  const wish = readReleaseArguments(Deno.args);
  await ("makeKey" in wish ? writeKey(wish.makeKey) : release(wish));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  Deno.exit(1);
}
