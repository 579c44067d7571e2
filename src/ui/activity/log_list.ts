import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../base/api.ts";
import type { Live, LiveStatus } from "../base/live.ts";
import { report } from "../base/report.ts";
import { browserTimer, type Timer } from "../base/timer.ts";
import { createRefresh } from "../entities/refresh.ts";
import { createArrivals } from "./arrivals.ts";
import { type Filter, matcher } from "./filter.ts";
import { type CreateFrame, createFrame } from "./frame.ts";
import { type Bounds, dropThrough, keepWaiting, oldestSeq, overflowed, takeIn } from "./held_rows.ts";
import { EMPTY_STATE, endOf, type LogState, openingState, removalIn, rowsOf, totalOf } from "./log_state.ts";
import { type Page, readPage } from "./page.ts";
import type { Row } from "./row.ts";

/** The entries that match a filter: newest first, older ones on demand, new ones live. */
export interface LogList {
  readonly state: ReadonlySignal<LogState>;
  /** While held nothing is put above what is shown: new rows wait. Let go, what waits is shown. */
  hold(held: boolean): void;
  /** Shows what waits. */
  show(): void;
  /** Reads older entries. */
  more(): void;
  /** Reads again after a failure. */
  retry(): void;
  /** Ends every request and hears no more. */
  dispose(): void;
}

export interface LogListDeps {
  readonly api: Pick<Api, "get">;
  readonly live: Pick<Live, "on"> & { readonly status: { peek(): LiveStatus } };
  readonly createFrame?: CreateFrame;
  readonly timer?: Timer;
}

export interface LogListOptions {
  readonly filter: Filter;
  readonly pages: { readonly first: number; readonly further: number };
  readonly bounds: Bounds;
  /** What is known already, e.g. from another filter; shown until the answer comes where it matches. */
  readonly rows?: readonly Row[];
}

/** Rows among which those are that came during one request. */
const RECENT = 5000;

export function createLogList({ api, live, ...deps }: LogListDeps, options: LogListOptions): LogList {
  const { filter, pages, bounds } = options;
  const matches = matcher(filter);
  /** Only the server can tell what belongs here: what comes live is a reason to ask it. */
  const asks = filter.relatedTo !== undefined;
  const state = signal<LogState>({
    ...EMPTY_STATE,
    rows: asks ? [] : (options.rows ?? []).filter(({ entry }) => matches(entry)),
  });
  let requests = new AbortController();
  let held = false;
  /** The newest place that is known, shown or not. */
  let newest = 0;
  /** What the total counts already, and what is gone from the log: each up to this place. */
  let counted = 0;
  let gone = 0;
  /** Whether all that came after the page comes live: what happened before the stream began does not. */
  let joined = false;

  const set = (change: Partial<LogState>) => void (state.value = { ...state.value, ...change });
  const read = (limit: number, beforeSeq?: number) => readPage(api, { filter, limit, beforeSeq }, requests.signal);
  const since = (rows: readonly Row[], seq: number) => rows.filter((row) => row.seq > seq);
  /** The server's count, and what is known here of the time after it. */
  const count = (page: Page) => {
    counted = rowsOf(page)[0]?.seq ?? 0;
    const known = since(state.value.waiting, counted).length + since(state.value.rows.slice(0, RECENT), counted).length;
    const { count, capped } = totalOf(page);
    set({ total: { count: count + known, capped } });
  };
  const flowing = () => live.status.peek().name === "live";

  const load = async (): Promise<void> => {
    requests.abort();
    requests = new AbortController();
    arrivals.pause();
    joined = flowing();
    set({ phase: "loading", problem: undefined, older: "idle" });
    const answer = await read(pages.first);
    if (answer === undefined) return;
    if (!answer.ok) return set({ phase: "failed", problem: answer.problem });
    state.value = openingState(answer.value, state.value);
    newest = counted = state.value.rows[0]?.seq ?? 0;
    if (!joined && flowing()) await join();
    else await goOn();
  };

  const goOn = async () => {
    if (!arrivals.resume()) await load();
  };

  const grow = ({ cut, ...taken }: ReturnType<typeof takeIn>) =>
    set({ ...taken, ...(cut ? { next: oldestSeq(taken), partial: false } : {}) });

  /** Newer rows, newest first, that may partly be known. */
  const arrive = (rows: readonly Row[]) => {
    const newer = since(rows, Math.max(newest, gone));
    if (newer.length === 0) return;
    newest = newer[0]?.seq ?? newest;
    const { total } = state.value;
    set({ total: total && { ...total, count: total.count + since(newer, counted).length } });
    if (held) set(keepWaiting(state.value, newer, bounds));
    else grow(takeIn(state.value, newer, bounds));
  };
  let heard = 0;
  let askedFor = 0;
  const ask = createRefresh(async () => {
    askedFor = heard;
    if (!requests.signal.aborted && state.value.phase === "ready") await join();
  }, deps.timer ?? browserTimer());
  const askFor = ([row]: readonly Row[]) => {
    heard = Math.max(heard, row?.seq ?? 0);
    if (heard > askedFor) run(ask);
  };
  const arrivals = createArrivals({
    matches,
    take: asks ? askFor : arrive,
    createFrame: deps.createFrame ?? createFrame,
  });

  /** What refers to the entity is not what it was: older entries belong here now, or do not any more. */
  const isOther = (page: readonly Row[], whole: boolean) =>
    page.some(({ seq }, at) => state.value.rows[at]?.seq !== seq) || (whole && state.value.rows.length > page.length);

  /** What happened between the page and the beginning of the stream; what streams waits for it. */
  const join = async () => {
    joined = true;
    arrivals.pause();
    const answer = await read(pages.first);
    if (answer === undefined) return;
    if (!answer.ok) return set({ phase: "failed", problem: answer.problem });
    const reaches = answer.value.next_before_seq === null || answer.value.next_before_seq <= newest + 1;
    const rows = rowsOf(answer.value);
    if (reaches) {
      arrive(rows);
      const whole = answer.value.next_before_seq === null;
      if (asks && !held && isOther(rows, whole)) return await load();
      // The whole log is in the page: what is older is gone from it.
      if (whole && !asks) drop((oldestSeq({ rows }) ?? newest + 1) - 1);
    } else if (!held) return await load();
    else {
      // Counted only: showing them reads them again.
      set({ waiting: [], waitingCount: state.value.waitingCount + since(rows, newest).length });
      newest = rows[0]?.seq ?? newest;
    }
    for (const { entry } of rows) drop(removalIn(entry) ?? 0);
    count(answer.value);
    await goOn();
  };

  const drop = (through: number) => {
    gone = Math.max(gone, through);
    const left = dropThrough(state.value, through);
    if (left !== state.value) set({ ...left, removed: true, next: undefined, partial: false });
  };

  const remove = async (through: number) => {
    drop(through);
    const answer = await read(1);
    if (answer?.ok) count(answer.value);
  };

  const startOver = async () => {
    arrivals.drop();
    gone = 0;
    state.value = { ...EMPTY_STATE, removed: true };
    await load();
  };

  const show = async () => {
    const now = state.value;
    if (overflowed(now)) await load();
    else grow(takeIn({ ...now, waiting: [], waitingCount: 0 }, now.waiting, bounds));
  };

  const more = async () => {
    const { next, older, phase } = state.value;
    if (next === undefined || older === "loading" || phase !== "ready") return;
    set({ older: "loading" });
    const answer = await read(pages.further, next);
    if (answer === undefined) return;
    // New rows may have pushed the oldest out meanwhile: then the page does not join on any more.
    if (state.value.next !== next) return set({ older: "idle" });
    if (!answer.ok) return set({ older: "failed", problem: answer.problem });
    const rows = [...state.value.rows, ...since(rowsOf(answer.value), gone)];
    set({ ...endOf(answer.value), rows, older: "idle" });
  };

  const run = (work: () => Promise<void>) => void work().catch(report);
  const caughtUp = () => {
    const { phase } = state.value;
    if (phase === "failed") run(load);
    else if (phase === "ready" && !joined) run(join);
  };
  const stopHearing = live.on((message) => {
    if (message.type === "activity_logged") {
      arrivals.add(message.seq, message.entry);
      const through = removalIn(message.entry);
      if (through !== undefined) run(() => remove(through));
    } else if (message.type === "caught_up") caughtUp();
    else if (message.type === "gap") run(() => remove(message.to_seq));
    else if (message.type === "log_cleared" || message.type === "reset") run(startOver);
  });
  run(load);

  return {
    state,
    hold: (hold) => {
      held = hold;
      if (!held && state.value.waitingCount > 0) run(show);
    },
    show: () => run(show),
    more: () => run(more),
    retry: () => run(state.value.phase === "failed" ? load : more),
    dispose: () => {
      requests.abort();
      stopHearing();
      arrivals.pause();
    },
  };
}
