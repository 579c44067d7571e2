import type { ResourceType } from "../../../config_history/types.ts";
import { ago, count } from "../../base/format.ts";
import type { Result } from "../../base/problem.ts";
import type { DeviceType } from "../device.ts";
import type { BackedUp, Change, History, Snapshot } from "./answers.ts";

export const TRIGGER_WORDS: Readonly<Record<Snapshot["trigger"], string>> = {
  scheduled: "scheduled",
  adoption: "when it was added",
  manual: "by hand",
};

export const KIND_WORDS: Readonly<Record<Change["kind"], { readonly sign: string; readonly word: string }>> = {
  added: { sign: "+", word: "added" },
  removed: { sign: "−", word: "removed" },
  modified: { sign: "~", word: "changed" },
};

const OUTCOME_WORDS: Readonly<Record<NonNullable<History["last_outcome"]>, string>> = {
  stored: "something had changed, and was stored.",
  duplicate: "nothing had changed.",
  failed: "it could not be read.",
};

/** How the last look at the configuration ended. */
export function lastCheckWords({ last_checked_at: at, last_outcome: outcome, total }: History): string {
  if (at === null || outcome === null) return "Not checked yet.";
  if (outcome === "stored" && total === 1) return `Checked ${ago(at)}: the first is stored.`;
  return `Checked ${ago(at)}: ${OUTCOME_WORDS[outcome]}`;
}

/** What a backup by hand came to; without the reason where that is told already. */
export function outcomeWords(outcome: Result<BackedUp>, told: string | null): string {
  if (outcome.ok) {
    return outcome.value.outcome === "stored"
      ? "A new snapshot is stored."
      : "Nothing has changed since the newest snapshot.";
  }
  const { detail, status } = outcome.problem;
  const result = status === 0 ? "Whether anything was stored is not known." : "Nothing was stored.";
  return `${detail === told ? "" : `${detail.replace(/\.?$/, ".")} `}${result}`;
}

/** Where to look first when a configuration cannot be read. */
export const firstStep = (type: DeviceType): string =>
  type === "routeros"
    ? "Look at its address, its SSH user and its key file below, then back up by hand."
    : "Look whether it is online, then back up by hand.";

export const changesWords = (changes: number): string => changes === 1 ? "1 change" : `${count(changes)} changes`;

const MOST_NAMED = 3;

/** `wifi, presets and 2 more`: what changed, each once. */
export function componentsWords(changes: readonly Change[]): string {
  const names = [...new Set(changes.map(({ component }) => component))];
  const rest = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

const EXTENSIONS: Readonly<Record<ResourceType, string>> = { wled: "json", routeros: "rsc" };

/** What a file of the snapshot is called. */
export function fileName(device: string, { created_at, resource_type }: Snapshot): string {
  const name = device.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  const when = created_at.slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  return `${name || "device"}-${when}.${EXTENSIONS[resource_type]}`;
}
