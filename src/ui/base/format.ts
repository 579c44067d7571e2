/** Times as people read them: in this device's zone, with its digits. */

const pad = (value: number) => String(value).padStart(2, "0");

/** `14:05:09` */
export const clockTime = (ts: string): string => {
  const at = new Date(ts);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
};

/** `2026-11-22`, in local time: one day of the log. */
export const dayKey = (ts: string): string => {
  const at = new Date(ts);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
};

/** `Today`, `Yesterday`, or `Sunday, 22 November 2026`. */
export function dayLabel(ts: string, now = Date.now()): string {
  const key = dayKey(ts);
  if (key === dayKey(new Date(now).toISOString())) return "Today";
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (key === dayKey(yesterday.toISOString())) return "Yesterday";
  return new Date(ts).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** `2026-11-22 14:05:09` in local time. */
export const localTime = (ts: string): string => `${dayKey(ts)} ${clockTime(ts)}`;

const STEPS = [[60, "second"], [60, "minute"], [24, "hour"], [Infinity, "day"]] as const;

/** `just now`, `5 minutes ago`, `2 days ago`. */
export function ago(ts: string, now = Date.now()): string {
  let amount = Math.max(0, (now - Date.parse(ts)) / 1000);
  if (amount < 5) return "just now";
  for (const [size, unit] of STEPS) {
    if (amount < size) return `${Math.floor(amount)} ${unit}${Math.floor(amount) === 1 ? "" : "s"} ago`;
    amount /= size;
  }
  return ts;
}

/** 0..1 as `40 %`. */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** `12` or `1,204`. */
export const count = (value: number): string => value.toLocaleString("en-GB");

/** `12`, `1.2k` or `3.4m`, in little room. */
export const shortCount = (value: number): string =>
  value.toLocaleString("en-GB", { notation: "compact", maximumSignificantDigits: value < 1000 ? 3 : 2 }).toLowerCase();

/** `1 entry` or `1,204 entries`. */
export const entriesWords = (value: number): string => `${count(value)} ${value === 1 ? "entry" : "entries"}`;
