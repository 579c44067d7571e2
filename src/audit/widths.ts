import type { Span } from "./spans.ts";

const SECOND = 1;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** Widths that divide the next larger unit, in seconds; from a day on any whole number of days. */
const ROUND_WIDTHS: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((n) => n * HOUR),
];

/** How many buckets of the width, starting at its multiples, a span touches. */
export const bucketsIn = ({ from, to }: Span, width: number): number =>
  Math.floor((to - 1) / (width * 1000)) - Math.floor(from / (width * 1000)) + 1;

/** The smallest round width in seconds, not below `least`, with which a span touches at most `most` buckets. */
export function widthFor(span: Span, most: number, least: number): number {
  const round = ROUND_WIDTHS.find((width) => width >= least && bucketsIn(span, width) <= most);
  if (round !== undefined) return round;
  let days = Math.max(1, Math.floor((span.to - span.from) / (DAY * 1000) / most));
  while (bucketsIn(span, days * DAY) > most) days++;
  return days * DAY;
}
