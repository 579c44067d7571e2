import { clockTime } from "../../base/format.ts";

/** A word on the axis of time. */
export interface Tick {
  /** 0..1 from the left. */
  readonly at: number;
  readonly label: string;
}

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
/** Steps within a day, as clocks are read. */
const IN_DAY = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
];
const DAYS = [1, 2, 7, 14, 30, 90, 180, 365];
/** A word so near to an end would be cut. */
const EDGE = 0.04;

/** At most so many words for a span of time (milliseconds since 1970), at round times of this device's zone. */
export function ticksOf(from: number, to: number, most: number, edge = EDGE): readonly Tick[] {
  const span = to - from;
  if (!(span > 0)) return [];
  const fits = (step: number) => span / step <= most;
  const step = IN_DAY.find(fits);
  const days = DAYS.find((count) => fits(count * DAY)) ?? Math.ceil(span / most / DAY);
  const times = step === undefined ? midnights(from, to, days) : [...dayTimes(from, to, step)];
  return times.map((time) => ({ at: (time - from) / span, label: labelOf(time, step) }))
    .filter(({ at }) => at > edge && at < 1 - edge);
}

const midnight = (time: number, days: number): number => {
  const at = new Date(time);
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime();
};

function midnights(from: number, to: number, every: number): readonly number[] {
  const times: number[] = [];
  for (let days = 1, time = midnight(from, days); time < to; days += every, time = midnight(from, days)) {
    times.push(time);
  }
  return times;
}

/** Counted anew from each midnight, so that a change of the clock shifts one day's at most. */
function* dayTimes(from: number, to: number, step: number): Iterable<number> {
  for (let days = 0, day = midnight(from, 0); day < to; days++, day = midnight(from, days)) {
    const next = midnight(from, days + 1);
    const first = Math.max(day, day + Math.ceil((from - day) / step) * step);
    for (let time = first; time < Math.min(next, to); time += step) yield time;
  }
}

function labelOf(time: number, step: number | undefined): string {
  const at = new Date(time);
  const isMidnight = at.getTime() === midnight(time, 0);
  if (step === undefined || isMidnight) return at.toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  const clock = clockTime(at.toISOString());
  return step < MINUTE ? clock : clock.slice(0, 5);
}
