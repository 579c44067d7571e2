import type { Entry } from "../../audit/mod.ts";
import { count } from "../base/format.ts";
import type { Problem } from "../base/problem.ts";
import { type HeldRows, NO_ROWS } from "./held_rows.ts";
import type { Page } from "./page.ts";
import { rowOf } from "./row.ts";

export interface Total {
  readonly count: number;
  /** There are at least so many. */
  readonly capped: boolean;
}

/** What a list knows of the part of the log that matches its filter. */
export interface LogState extends HeldRows {
  /** `loading`: nothing is known yet; `rows` are those of before that match. */
  readonly phase: "loading" | "ready" | "failed";
  readonly problem: Problem | undefined;
  /** Where older entries go on; undefined at the end of the log. */
  readonly next: number | undefined;
  readonly older: "idle" | "loading" | "failed";
  /** The search stopped at its time budget before it had found a whole page. */
  readonly partial: boolean;
  readonly total: Total | undefined;
  /** The log was emptied or cut while it was looked at. */
  readonly removed: boolean;
}

export const EMPTY_STATE: LogState = {
  ...NO_ROWS,
  phase: "loading",
  problem: undefined,
  next: undefined,
  older: "idle",
  partial: false,
  total: undefined,
  removed: false,
};

export const totalOf = (page: Page): Total => ({ count: page.total, capped: page.total_capped });

export const endOf = (page: Page): Pick<LogState, "next" | "partial"> => ({
  next: page.next_before_seq ?? undefined,
  partial: page.partial,
});

export const rowsOf = (page: Page) => page.entries.map((entry) => rowOf(entry));

/** The state after the first page. */
export const openingState = (page: Page, { removed }: LogState): LogState => ({
  ...EMPTY_STATE,
  ...endOf(page),
  phase: "ready",
  rows: rowsOf(page),
  total: totalOf(page),
  removed,
});

const REMOVALS = ["activity_log.pruned", "activity_log.cleared"];

/** The place up to which an entry says that the log was emptied. */
export function removalIn({ action, metadata }: Entry): number | undefined {
  const seq = metadata["up_to_seq"];
  return REMOVALS.includes(action) && typeof seq === "number" ? seq : undefined;
}

/** How many there are, in words. */
export function totalWords({ phase, total }: LogState): string {
  if (phase === "loading" || total === undefined) return phase === "failed" ? "Not read" : "searching…";
  if (total.capped) return `at least ${count(total.count)} entries`;
  return `${count(total.count)} ${total.count === 1 ? "entry" : "entries"}`;
}
