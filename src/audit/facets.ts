import type { Filter } from "./filter.ts";
import type { Kinds } from "./kinds.ts";
import type { Kind } from "./kinds_sql.ts";
import { type Plan, planFor } from "./plan.ts";
import type { Clock, Turn } from "./ports.ts";
import { search, type SearchSql } from "./search.ts";
import { DAY_MS } from "./spans.ts";
import { countByColumns, type Counters } from "./tally.ts";
import { entitiesByKind } from "./tally_entities_sql.ts";
import { type KindCount, rowsByKind, unitsByKind } from "./tally_sql.ts";

/** A value and how many matching entries have it. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/** What the matches of a filter are made of: each list by count, the most frequent first. */
export interface Facets {
  readonly categories: readonly FacetCount[];
  readonly severities: readonly FacetCount[];
  readonly actions: readonly FacetCount[];
  readonly actors: readonly FacetCount[];
  readonly entityTypes: readonly FacetCount[];
  readonly total: number;
  /** True when only part was looked at: every count is a lower bound. */
  readonly partial: boolean;
}

/** Values of one facet that are told. */
const TOP = 50;
/** Milliseconds that counting may take when the text of each entry has to be looked at. */
export const TALLY_MS = 70;

type Fields = Omit<Kind, "kind">;

export interface TallyDeps {
  readonly sql: SearchSql;
  readonly kinds: Kinds;
  readonly clock: Clock;
  readonly turn: Turn;
}

export async function readFacets(deps: TallyDeps, filter: Filter, ms = TALLY_MS): Promise<Facets> {
  const { sql, kinds } = deps;
  const plan = await planFor(sql, kinds, filter);
  if (!plan.byColumns) return await byText(deps, plan, filter, ms);
  let counts = new Map<number, number>();
  const whole = await countByColumns(
    sql.background,
    { first: plan, replan: () => planFor(sql, kinds, filter), filter, smallest: DAY_MS },
    () => countersInto(sql.background, counts = new Map()),
  );
  if ([...counts.keys()].some((kind) => kinds.get(kind) === undefined)) await kinds.refresh();
  const sums = createSums();
  for (const [kind, n] of counts) {
    const fields = kinds.get(kind);
    if (fields) sums.add(fields, n);
  }
  return sums.facets(!whole);
}

function countersInto(sql: SearchSql["background"], counts: Map<number, number>): Counters {
  const add = (list: readonly KindCount[]) => {
    for (const [kind, n] of list) counts.set(kind, (counts.get(kind) ?? 0) + n);
  };
  return {
    unit: async (unit, span, lanes) => add(await unitsByKind(sql, unit, span, lanes)),
    rows: async (range, conditions) => add(await rowsByKind(sql, range, conditions)),
    entities: async (lanes, range, time) => add(await entitiesByKind(sql, lanes, range, time)),
  };
}

async function byText(deps: TallyDeps, plan: Plan, filter: Filter, ms: number): Promise<Facets> {
  const sums = createSums();
  const { ended } = await search(deps, plan, filter, plan.range, {
    wanted: Infinity,
    ms,
    visit: (entry) => sums.add(entry, 1),
  });
  return sums.facets(!ended);
}

type Name = "categories" | "severities" | "actions" | "actors" | "entityTypes";

const VALUE_OF: Readonly<Record<Name, (fields: Fields) => string | null>> = {
  categories: ({ category }) => category,
  severities: ({ severity }) => severity,
  actions: ({ action }) => action,
  actors: ({ actor }) => actor,
  entityTypes: ({ entity_type }) => entity_type,
};

/** Counts by value of each facet. */
function createSums() {
  const lists = Object.entries(VALUE_OF).map(([name, valueOf]) => ({ name, valueOf, sums: new Map<string, number>() }));
  let total = 0;
  const top = (name: Name): readonly FacetCount[] =>
    [...lists.find((list) => list.name === name)?.sums ?? []].map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, TOP);
  return {
    add: (fields: Fields, n: number) => {
      total += n;
      for (const { valueOf, sums } of lists) {
        const value = valueOf(fields);
        if (value !== null) sums.set(value, (sums.get(value) ?? 0) + n);
      }
    },
    facets: (partial: boolean): Facets => ({
      categories: top("categories"),
      severities: top("severities"),
      actions: top("actions"),
      actors: top("actors"),
      entityTypes: top("entityTypes"),
      total,
      partial,
    }),
  };
}
