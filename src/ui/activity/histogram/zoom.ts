import type { Address } from "../address.ts";
import { changed, type Filter } from "../filter.ts";

type Span = Pick<Filter, "since" | "until">;

/** Ways into a span of time, and out again the same way. */
export interface Zoom {
  /** To a filter with a narrower span; one with the same is no step. */
  into(filter: Filter): void;
  /** To the span before, or to the whole of time. */
  out(): void;
}

const keyOf = ({ since, until }: Span): string => `${since} ${until}`;
/** Whether two filters are of the same time. */
export const sameSpan = (one: Span, other: Span): boolean => keyOf(one) === keyOf(other);
export const hasSpan = ({ since, until }: Span): boolean => since !== undefined || until !== undefined;

export interface ZoomDeps extends Pick<Address, "show"> {
  readonly filter: { peek(): Filter };
}

export function createZoom({ filter, show }: ZoomDeps): Zoom {
  let steps: readonly { readonly before: Span; readonly after: string }[] = [];
  return {
    into: (narrower) => {
      if (sameSpan(narrower, filter.peek())) return;
      steps = [...steps, { before: filter.peek(), after: keyOf(narrower) }];
      show(narrower, { step: true });
    },
    out: () => {
      const now = filter.peek();
      const way = steps.findLast(({ after }) => after === keyOf(now));
      steps = way === undefined ? [] : steps.slice(0, steps.indexOf(way));
      show(changed(now, { since: way?.before.since, until: way?.before.until }), { step: true });
    },
  };
}
