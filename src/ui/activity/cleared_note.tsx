import { clockTime, dayKey, localTime } from "../base/format.ts";
import type { Removals } from "./removals.ts";

/** Who emptied the log while it was looked at: the entry that says so may not match the filter. */
export function ClearedNote({ cleared }: Pick<Removals, "cleared">) {
  return cleared === undefined ? null : <p class="log-cleared" role="status">{clearedWords(cleared)}</p>;
}

/** `desk cleared the log at 12:56`; with the day where that is not today. */
export function clearedWords({ by }: NonNullable<Removals["cleared"]>, now = new Date().toISOString()): string {
  if (by === undefined) return "The log was cleared";
  const at = dayKey(by.ts) === dayKey(now) ? clockTime(by.ts).slice(0, 5) : localTime(by.ts).slice(0, 16);
  return `${by.actor} cleared the log at ${at}`;
}
