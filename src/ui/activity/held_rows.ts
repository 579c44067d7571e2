import type { Row } from "./row.ts";

/** What a list holds of the log, newest first. */
export interface HeldRows {
  readonly rows: readonly Row[];
  /** Came meanwhile, newer than `rows`, and is not shown yet. */
  readonly waiting: readonly Row[];
  /** How many wait; more than `waiting` holds once they were too many to keep. */
  readonly waitingCount: number;
}

export const NO_ROWS: HeldRows = { rows: [], waiting: [], waitingCount: 0 };

export interface Bounds {
  /** Rows that are kept when newer ones come; the oldest go. */
  readonly rows: number;
  /** Rows that are kept while they wait; beyond they are only counted. */
  readonly waiting: number;
}

/** True when some of those that wait were not kept: only reading them again shows them. */
export const overflowed = (held: HeldRows): boolean => held.waitingCount > held.waiting.length;

export const oldestSeq = ({ rows }: Pick<HeldRows, "rows">): number | undefined => rows.at(-1)?.seq;

/** Takes newer rows in at once. Says by `cut` whether old ones had to go. */
export function takeIn(held: HeldRows, newer: readonly Row[], bounds: Bounds): HeldRows & { readonly cut: boolean } {
  const rows = [...newer, ...held.rows];
  const cut = rows.length > bounds.rows;
  return { ...held, rows: cut ? rows.slice(0, bounds.rows) : rows, cut };
}

/** Lets newer rows wait. */
export function keepWaiting(held: HeldRows, newer: readonly Row[], bounds: Bounds): HeldRows {
  const waitingCount = held.waitingCount + newer.length;
  return { ...held, waiting: waitingCount > bounds.waiting ? [] : [...newer, ...held.waiting], waitingCount };
}

/** Without the rows up to a place, which are gone from the log. */
export function dropThrough(held: HeldRows, seq: number): HeldRows {
  const stays = (row: Row) => row.seq > seq;
  if (!held.rows.some((row) => !stays(row)) && !held.waiting.some((row) => !stays(row))) return held;
  const waiting = held.waiting.filter(stays);
  const waitingCount = overflowed(held) ? held.waitingCount : waiting.length;
  return { rows: held.rows.filter(stays), waiting, waitingCount };
}
