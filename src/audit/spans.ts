/** A span of time in milliseconds since 1970, from `from` up to but not including `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The span of every timestamp: the years 0000 to 9999. */
export const ALL_TIME: Span = { from: -62_167_219_200_000, to: 253_402_300_800_000 };

export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A span taken apart into whole days, whole hours, and what is left to be looked at row by row. */
export interface Parts {
  readonly days: readonly Span[];
  readonly hours: readonly Span[];
  readonly rows: readonly Span[];
}

/** The span of bounds as a filter has them: inclusive ISO 8601 texts. */
export const spanOf = ({ since, until }: { readonly since?: string; readonly until?: string }): Span => ({
  from: since === undefined ? ALL_TIME.from : Date.parse(since),
  to: until === undefined ? ALL_TIME.to : Date.parse(until) + 1,
});

/** Takes whole days, then whole hours of what remains; `withDays` false leaves everything to the hours. */
export function partsOf(span: Span, withDays: boolean): Parts {
  const days = withDays ? wholeUnits(span, DAY_MS) : undefined;
  const besideDays = days ? around(span, days) : [span];
  const hours = besideDays.map((part) => wholeUnits(part, HOUR_MS));
  const rows = besideDays.flatMap((part, i) => hours[i] ? around(part, hours[i]) : [part]);
  return { days: days ? [days] : [], hours: hours.filter((part) => part !== undefined), rows };
}

function wholeUnits({ from, to }: Span, unit: number): Span | undefined {
  const whole = { from: Math.ceil(from / unit) * unit, to: Math.floor(to / unit) * unit };
  return whole.from < whole.to ? whole : undefined;
}

const around = (outer: Span, inner: Span): readonly Span[] =>
  [{ from: outer.from, to: inner.from }, { from: inner.to, to: outer.to }].filter(({ from, to }) => from < to);
