import type { Severity } from "./categories.ts";
import { countEntityTimes } from "./entity_times.ts";
import type { Filter } from "./filter.ts";
import { TALLY_MS, type TallyDeps } from "./facets.ts";
import { planFor } from "./plan.ts";
import { search } from "./search.ts";
import { DAY_MS, HOUR_MS, type Span, spanOf } from "./spans.ts";
import { countByColumns, type Counters, MOST_ROWS } from "./tally.ts";
import { type Grid, readTimes, rowsByTime, type TimeCount, unitsByTime } from "./tally_sql.ts";
import { bucketsIn, widthFor } from "./widths.ts";

/** Matching entries of one span of time. */
export interface Bucket extends Readonly<Record<Severity, number>> {
  /** ISO 8601. */
  readonly start: string;
}

/** The matches of a filter over time. */
export interface Histogram {
  /** The part of the asked span that the log covers, inclusive; null when it covers none of it. */
  readonly since: string | null;
  readonly until: string | null;
  readonly bucketSeconds: number;
  /** One after the other without a hole. */
  readonly buckets: readonly Bucket[];
  readonly total: number;
  /** True when only part was looked at: every count is a lower bound. */
  readonly partial: boolean;
}

const EMPTY: Histogram = { since: null, until: null, bucketSeconds: 1, buckets: [], total: 0, partial: false };

/** At most `most` buckets of a round width. */
export async function readHistogram(
  deps: TallyDeps,
  filter: Filter,
  most: number,
  ms = TALLY_MS,
): Promise<Histogram> {
  const { sql, kinds } = deps;
  const plan = await planFor(sql, kinds, filter);
  const times = await readTimes(sql);
  const span = times && overlap(spanOf(filter), { from: Date.parse(times.first), to: Date.parse(times.last) + 1 });
  if (!span) return EMPTY;
  // Below an hour there is no roll-up: rows are looked at, as long as they are not too many.
  const rows = plan.range.high - plan.range.low + 1;
  const least = rows > MOST_ROWS && plan.byColumns && !plan.lanes?.entities ? HOUR_MS / 1000 : 1;
  const width = widthFor(span, most, least);
  let bars = createBars(span, width);
  const smallest = width * 1000 >= DAY_MS ? DAY_MS : width * 1000 >= HOUR_MS ? HOUR_MS : 0;
  const whole = plan.byColumns
    ? await countByColumns(
      sql.background,
      { first: plan, replan: () => planFor(sql, kinds, filter), filter, smallest },
      () => countersInto(deps, filter, bars = createBars(span, width)),
    )
    : (await search(deps, plan, filter, plan.range, {
      wanted: Infinity,
      ms,
      visit: ({ ts, severity }) => bars.add(Math.floor(Date.parse(ts) / 1000), severity, 1),
    })).ended;
  return bars.histogram(!whole);
}

function overlap(a: Span, b: Span): Span | undefined {
  const both = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
  return both.from < both.to ? both : undefined;
}

interface Bars {
  readonly grid: Grid;
  /** Entries at a time in seconds since 1970. */
  add(second: number, severity: Severity, n: number): void;
  histogram(partial: boolean): Histogram;
}

function createBars(span: Span, width: number): Bars {
  const base = Math.floor(span.from / 1000 / width) * width;
  const bars = Array.from({ length: bucketsIn(span, width) }, () => ({ info: 0, warning: 0, error: 0 }));
  let total = 0;
  return {
    grid: { base, width },
    add: (second, severity, n) => {
      // What was written after the span was read has no place in it.
      const bar = bars[Math.floor((second - base) / width)];
      if (!bar) return;
      bar[severity] += n;
      total += n;
    },
    histogram: (partial) => ({
      since: new Date(span.from).toISOString(),
      until: new Date(span.to - 1).toISOString(),
      bucketSeconds: width,
      buckets: bars.map((bar, i) => ({ start: new Date((base + i * width) * 1000).toISOString(), ...bar })),
      total,
      partial,
    }),
  };
}

function countersInto({ sql: { background: sql }, kinds }: TallyDeps, filter: Filter, bars: Bars): Counters {
  const add = (list: readonly TimeCount[], from: number) => {
    for (const [start, info, warning, error] of list) {
      bars.add(from + start, "info", info);
      bars.add(from + start, "warning", warning);
      bars.add(from + start, "error", error);
    }
  };
  const { grid } = bars;
  return {
    unit: async (unit, span, lanes) => add(await unitsByTime(sql, unit, span, lanes), 0),
    rows: async (range, conditions) => add(await rowsByTime(sql, range, conditions, grid), grid.base),
    entities: async (lanes, range, time) =>
      add(await countEntityTimes({ sql, kinds }, { lanes, range, time, grid, filter }), grid.base),
  };
}
