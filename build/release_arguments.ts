import { parseArgs } from "node:util";
import { CHANNELS } from "../src/updates/manifest.ts";
import type { Channel } from "../src/updates/manifest.ts";
import { isVersion } from "../src/updates/versions.ts";

export interface ReleaseArguments {
  /** Path of the private key (PEM). */
  readonly key: string;
  readonly version: string;
  readonly channel: Channel;
  /** Path of a text that says what is new. */
  readonly notes: string;
  /** What stands before the names of the files in the list. */
  readonly urlBase: string;
  /** Path of the list; other versions that it has already stay in it. */
  readonly output: string;
  readonly files: readonly string[];
}

export type ReleaseWish = { readonly makeKey: string } | ReleaseArguments;

const TEXT = { type: "string" } as const;

/** Throws what is wrong, in words. */
export function readReleaseArguments(args: readonly string[]): ReleaseWish {
  const { values, positionals: files } = parseArgs({
    args: args[0] === "--" ? args.slice(1) : [...args],
    allowPositionals: true,
    options: {
      "make-key": TEXT,
      key: TEXT,
      version: TEXT,
      channel: TEXT,
      notes: TEXT,
      "url-base": TEXT,
      output: TEXT,
    },
  });
  if (values["make-key"] !== undefined) return { makeKey: values["make-key"] };
  const needed = (name: "key" | "version" | "notes" | "url-base"): string => {
    const value = values[name];
    if (value === undefined) throw new Error(`Cannot make a release without --${name}`);
    return value;
  };
  const version = needed("version");
  if (!isVersion(version)) throw new Error(`Cannot release ${version}: it is no version such as 1.2.3 or 1.2.3-rc.1`);
  const channel = CHANNELS.find((known) => known === (values.channel ?? "stable"));
  if (channel === undefined) throw new Error(`Cannot release for ${values.channel}: it must be stable or pre`);
  if (files.length === 0) throw new Error("Cannot make a release of no files");
  const [key, notes, urlBase] = [needed("key"), needed("notes"), needed("url-base")];
  return { key, version, channel, notes, urlBase, output: values.output ?? "dist/manifest.json", files };
}
