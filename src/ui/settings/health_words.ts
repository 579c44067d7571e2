import { count } from "../base/format.ts";

/** What `/health` answers. */
export interface ServerHealth {
  readonly status: "ok" | "degraded";
  readonly version: string;
  readonly uptime_seconds: number;
  readonly auth_required: boolean;
  readonly audit: {
    readonly enabled: boolean;
    readonly storing: boolean;
    readonly head_seq: number | null;
    readonly waiting: number;
    readonly lost: number;
    readonly unrecorded: number;
    readonly text_behind: number;
    readonly followers: number;
  };
}

export interface HealthFact {
  readonly label: string;
  readonly words: string;
  readonly tone: "info" | "warning" | "error";
}

const some = (amount: number, one: string, many: string) => `${count(amount)} ${amount === 1 ? one : many}`;

const STEPS: readonly (readonly [seconds: number, unit: string])[] = [[86_400, "day"], [3600, "hour"], [60, "minute"]];

/** `2 days 3 hours`; `less than a minute`. */
export function uptime(seconds: number): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const [size, unit] of STEPS) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(some(amount, unit, `${unit}s`));
  }
  return parts.length === 0 ? "less than a minute" : parts.slice(0, 2).join(" ");
}

/** How the activity log is, in words; what is not as it should be has another tone. */
export function healthFacts({ audit }: ServerHealth): readonly HealthFact[] {
  const { storing, head_seq, waiting, lost, unrecorded, text_behind, followers, enabled } = audit;
  const fact = (label: string, words: string, tone: HealthFact["tone"] = "info"): HealthFact => ({
    label,
    words,
    tone,
  });
  const stored = head_seq === null ? fact("Storing", "The database does not answer", "error") : storing
    ? fact(
      "Storing",
      enabled ? "Every change is stored before it is confirmed" : "Switched off by an admin",
      enabled ? "info" : "warning",
    )
    : fact("Storing", "The last attempt failed; it is tried again with the next change", "error");
  const told = unrecorded === 0 ? "" : `, ${count(unrecorded)} of them not told of in the log yet`;
  return [
    stored,
    lost === 0
      ? fact("Lost", "No entry since the server started")
      : fact("Lost", `${some(lost, "entry", "entries")} since the server started${told}`, "error"),
    fact("Newest entry", head_seq === null ? "Not known" : head_seq === 0 ? "None yet" : `Number ${count(head_seq)}`),
    fact("Waiting", waiting === 0 ? "Nothing" : some(waiting, "change", "changes")),
    text_behind === 0
      ? fact("Text search", "Up to date")
      : fact("Text search", `Still to read ${some(text_behind, "entry", "entries")}`),
    fact("Following live", followers === 1 ? "1 window or program" : `${count(followers)} windows or programs`),
  ];
}
