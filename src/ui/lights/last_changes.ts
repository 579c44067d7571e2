import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Entry } from "../../audit/mod.ts";
import type { Api } from "../base/api.ts";
import { clockTime, dayKey } from "../base/format.ts";
import type { Live } from "../base/live.ts";
import { report } from "../base/report.ts";

/** For each light, the entry of its last change, as far as the newest entries tell. */
export interface LastChanges {
  of(id: string): ReadonlySignal<Entry | undefined>;
  /** Reads the newest entries, once. */
  load(): Promise<void>;
  clear(): void;
}

const NEWEST = "/api/v1/activity-log?categories=device&entity_type=device&limit=200";

export function createLastChanges({ api, live }: { readonly api: Pick<Api, "get">; readonly live: Pick<Live, "on"> }) {
  const entries = new Map<string, Signal<Entry | undefined>>();
  let asked = false;
  const find = (id: string) => {
    const known = entries.get(id);
    if (known !== undefined) return known;
    const entry = signal<Entry | undefined>(undefined);
    entries.set(id, entry);
    return entry;
  };
  /** Ids ascend with time. */
  const note = (entry: Entry) => {
    if (entry.action !== "device.state_changed" || entry.entity_id === null) return;
    const last = find(entry.entity_id);
    if (last.value === undefined || last.value.id < entry.id) last.value = entry;
  };
  live.on((message) => {
    if (message.type === "activity_logged") note(message.entry);
    else if (message.type === "log_cleared" || message.type === "reset") {
      for (const entry of entries.values()) entry.value = undefined;
      if (message.type === "log_cleared" || !asked) return;
      asked = false;
      void changes.load().catch(report);
    }
  });
  const changes: LastChanges = {
    of: find,
    load: async () => {
      if (asked) return;
      asked = true;
      const page = await api.get<{ readonly entries: readonly Entry[] }>(NEWEST);
      if (page.ok) page.value.entries.forEach(note);
      else asked = false;
    },
    clear: () => {
      entries.clear();
      asked = false;
    },
  };
  return changes;
}

/** `Turned off by desk, 14:05`. */
export function lastChangeWords({ actor, ts, metadata }: Entry, now: string): string {
  const by = metadata["source"] === "external" ? "elsewhere" : `by \u2068${actor}\u2069`;
  const when = dayKey(ts) === dayKey(now) ? clockTime(ts).slice(0, 5) : dayKey(ts);
  return `${verb(metadata)} ${by}, ${when}`;
}

function verb(metadata: Entry["metadata"]): string {
  if (metadata["on"] === true) return "Turned on";
  if (metadata["on"] === false) return "Turned off";
  return "brightness" in metadata && !("color" in metadata) && !("preset" in metadata) ? "Dimmed" : "Changed";
}
