import type { Family, Sample } from "./exposition.ts";

/** How often each route was asked for, with what outcome, and how long it took. */
export interface HttpCounts {
  /** Call it when a request comes in, and what it returns once it is answered. */
  begin(seen: { readonly method: string; readonly path: string | undefined }): (status: number) => void;
  families(): readonly Family[];
}

/** Seconds: from an answer out of memory to a device that hardly answers. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];

interface Durations {
  readonly route: string;
  /** How many took at most so long, and at the end how many took longer than all bounds. */
  readonly counts: number[];
  sum: number;
}

interface Requests {
  readonly labels: Readonly<Record<"method" | "route" | "status", string>>;
  count: number;
}

/**
 * Labels are patterns of routes, never addresses: there are as many as there are routes. `elapsed`: milliseconds since
 * any moment, never backwards.
 */
export function createHttpCounts({ elapsed }: { readonly elapsed: () => number }): HttpCounts {
  const requests = new Map<string, Requests>();
  const durations = new Map<string, Durations>();

  const count = (labels: Requests["labels"]) => {
    const key = Object.values(labels).join(" ");
    const known = requests.get(key) ?? { labels, count: 0 };
    known.count++;
    requests.set(key, known);
  };
  const time = (route: string, seconds: number) => {
    const known = durations.get(route) ?? { route, counts: Array<number>(BOUNDS.length + 1).fill(0), sum: 0 };
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    const place = at === -1 ? BOUNDS.length : at;
    known.counts[place] = known.counts[place]! + 1;
    known.sum += seconds;
    durations.set(route, known);
  };
  return {
    begin: ({ method, path }) => {
      const begun = elapsed();
      return (status) => {
        const route = path ?? "none";
        count({
          method: METHODS.includes(method) ? method : "other",
          route,
          status: `${Math.floor(status / 100)}xx`,
        });
        time(route, (elapsed() - begun) / 1000);
      };
    },
    families: () => [
      {
        name: "lumenlog_http_requests_total",
        help: "Requests answered, by the pattern of their route and the class of their status.",
        type: "counter",
        samples: [...requests.values()].map(({ labels, count }) => ({ labels, value: count })),
      },
      {
        name: "lumenlog_http_request_duration_seconds",
        help: "Time from a request to the beginning of its answer.",
        type: "histogram",
        samples: [...durations.values()].flatMap(samplesOf),
      },
    ],
  };
}

function samplesOf({ route, counts, sum }: Durations): readonly Sample[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    const le = index < BOUNDS.length ? String(BOUNDS[index]) : "+Inf";
    return { suffix: "_bucket", labels: { route, le }, value: total };
  });
  return [
    ...buckets,
    { suffix: "_sum", labels: { route }, value: sum },
    { suffix: "_count", labels: { route }, value: total },
  ];
}
