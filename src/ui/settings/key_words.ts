import { ago, dayKey, localTime } from "../base/format.ts";
import type { ApiKey } from "./key_list.ts";

export const LABEL_RULE = "1 to 64 letters, digits, dots, underscores and hyphens. It names who did what, for good.";
const LABEL = /^[A-Za-z0-9._-]{1,64}$/;
/** Names that the log uses itself. */
const RESERVED: readonly string[] = ["system", "anonymous"];

/** What is wrong with the label of a new key, before the server is asked; undefined when nothing is. */
export function labelProblem(label: string): string | undefined {
  if (label === "") return "Give it a label first.";
  if (!LABEL.test(label)) return "Only letters, digits, dots, underscores and hyphens, at most 64.";
  return RESERVED.includes(label.toLowerCase()) ? "The log uses this name itself." : undefined;
}

/** The last moment of a day in this device's time zone, as the API takes it; null for no day. */
export const endOfDay = (day: string): string | null =>
  day === "" ? null : new Date(`${day}T23:59:59.999`).toISOString();

/** When a key was made and used, and when it ends. */
export function keyFacts(key: ApiKey, now = Date.now()): readonly string[] {
  const made = key.source === "environment" ? "declared by the environment" : `made ${ago(key.created_at, now)}`;
  const used = key.last_used_at === null ? "never used" : `used ${ago(key.last_used_at, now)}`;
  return [made, used, expiry(key.expires_at, now)];
}

function expiry(at: string | null, now: number): string {
  if (at === null) return "does not expire";
  const isOver = Date.parse(at) <= now;
  const day = dayKey(at) === dayKey(new Date(now).toISOString()) ? localTime(at) : dayKey(at);
  return isOver ? `expired on ${day}` : `expires on ${day}`;
}
