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
export const TALLY_MS = 100;

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
    async () => ({ plan: await planFor(sql, kinds, filter), filter, smallest: DAY_MS }),
    () => countersInto(sql.background, counts = new Map()),
  );
  if ([...counts.keys()].some((kind) => kinds.get(kind) === undefined)) await kinds.refresh();
  return facetsOf([...counts].flatMap(([kind, n]) => fieldsOf(kinds, kind, n)), !whole);
}

const fieldsOf = (kinds: Kinds, kind: number, n: number): readonly (readonly [Fields, number])[] => {
  const fields = kinds.get(kind);
  return fields === undefined ? [] : [[fields, n]];
};

function countersInto(sql: SearchSql["background"], counts: Map<number, number>): Counters {
  const add = (list: readonly KindCount[]) => {
    for (const [kind, n] of list) counts.set(kind, (counts.get(kind) ?? 0) + n);
  };
  return {
    unit: async (unit, span, lanes) => add(await unitsByKind(sql, unit, span, lanes)),
    rows: async (range, conditions) => add(await rowsByKind(sql, range, conditions)),
    entities: async (lanes, range, limit, time) => {
      add(await entitiesByKind(sql, lanes, range, limit, time));
      return false;
    },
  };
}

async function byText(deps: TallyDeps, plan: Plan, filter: Filter, ms: number): Promise<Facets> {
  const found: (readonly [Fields, number])[] = [];
  const { ended } = await search(deps, plan, filter, plan.range, {
    wanted: Infinity,
    ms,
    visit: (entry) => void found.push([entry, 1]),
  });
  return facetsOf(found, !ended);
}

function facetsOf(counted: readonly (readonly [Fields, number])[], partial: boolean): Facets {
  const by = (value: (fields: Fields) => string | null) => {
    const sums = new Map<string, number>();
    for (const [fields, n] of counted) {
      const key = value(fields);
      if (key !== null) sums.set(key, (sums.get(key) ?? 0) + n);
    }
    return [...sums].map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, TOP);
  };
  return {
    categories: by(({ category }) => category),
    severities: by(({ severity }) => severity),
    actions: by(({ action }) => action),
    actors: by(({ actor }) => actor),
    entityTypes: by(({ entity_type }) => entity_type),
    total: counted.reduce((total, [, n]) => total + n, 0),
    partial,
  };
}
