import { type Api, withQuery } from "../../base/api.ts";
import type { Result } from "../../base/problem.ts";
import { changed, type Filter, filterKey, filterQuery } from "../filter.ts";

/** What the entries of a filter are told apart by. */
export const DIMENSIONS = ["categories", "severities", "actions", "actors", "entity_types"] as const;
export type Dimension = typeof DIMENSIONS[number];

export interface Tally {
  readonly value: string;
  readonly count: number;
}

export interface Tallies {
  /** The most frequent first. */
  readonly items: readonly Tally[];
  /** Only part of the log was looked at: there are at least so many. */
  readonly partial: boolean;
}

export interface Facets {
  readonly tallies: Readonly<Record<Dimension, Tallies>>;
  readonly total: number;
  readonly partial: boolean;
}

/** As the server answers. */
type Answer = Readonly<Record<Dimension, readonly Tally[]>> & { readonly total: number; readonly partial: boolean };

const WITHOUT: Readonly<Record<Dimension, (filter: Filter) => Filter>> = {
  categories: (filter) => changed(filter, { categories: undefined }),
  severities: (filter) => changed(filter, { severities: undefined }),
  actions: (filter) => changed(filter, { actions: undefined }),
  actors: (filter) => changed(filter, { actor: undefined }),
  // An entity is of one type only.
  entity_types: (filter) => changed(filter, { entityType: undefined, entityId: undefined }),
};

/** The filter that says what each choice in a dimension would give: all of it but that dimension's own part. */
export const filterFor = (dimension: Dimension, filter: Filter): Filter => WITHOUT[dimension](filter);

/** How many entries there are of each value; as few requests as there are different questions. */
export async function readFacets(
  api: Pick<Api, "get">,
  filter: Filter,
  signal: AbortSignal,
): Promise<Result<Facets>> {
  const asked = new Map<string, Promise<Result<Answer>>>();
  const ask = (wanted: Filter) => {
    const key = filterKey(wanted);
    const path = withQuery("/api/v1/activity-log/facets", filterQuery(wanted));
    const answer = asked.get(key) ?? api.get<Answer>(path, { signal });
    asked.set(key, answer);
    return answer;
  };
  const whole = await ask(filter);
  if (!whole.ok) return whole;
  const tallies = new Map<Dimension, Tallies>();
  for (const [dimension, answer] of DIMENSIONS.map((each) => [each, ask(filterFor(each, filter))] as const)) {
    const one = await answer;
    if (!one.ok) return one;
    tallies.set(dimension, { items: one.value[dimension], partial: one.value.partial });
  }
  const of = (dimension: Dimension): Tallies => tallies.get(dimension) ?? { items: [], partial: false };
  return {
    ok: true,
    etag: null,
    value: {
      tallies: {
        categories: of("categories"),
        severities: of("severities"),
        actions: of("actions"),
        actors: of("actors"),
        entity_types: of("entity_types"),
      },
      total: whole.value.total,
      partial: whole.value.partial,
    },
  };
}

export interface Counted {
  readonly count: number;
  readonly atLeast: boolean;
}

/** How many there are of a value; undefined while that is not known. */
export function countOf(facets: Facets | undefined, dimension: Dimension, value: string): Counted | undefined {
  if (facets === undefined) return undefined;
  const { items, partial } = facets.tallies[dimension];
  return { count: items.find((tally) => tally.value === value)?.count ?? 0, atLeast: partial };
}
