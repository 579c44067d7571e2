import { appendEntries } from "./append.ts";
import type { Draft, StoredEntry } from "./entry.ts";
import type { Kinds } from "./kinds.ts";
import type { Settled, Sql, Turn, Tx, Unit } from "./ports.ts";
import { type LogState, readLogState } from "./state_sql.ts";
import { isStorageFailure } from "./storage_failure.ts";

/** What waits for the lane: a change with what it records, or entries alone. */
export interface Job {
  /** The change; it tells its entries through `add`. Absent for entries alone. */
  readonly work?: (tx: Tx, add: (draft: Draft) => void) => Promise<unknown>;
  readonly drafts: readonly Draft[];
  /** Told of entries that could not be stored, before `settle`. */
  readonly lost: (drafts: readonly Draft[]) => void;
  /** Called once: with the outcome of the change, or after the entries are stored or counted as lost. */
  readonly settle: (outcome: Settled) => void;
}

export interface Lane {
  /** False when too much waits already; then nothing was taken. */
  submit(job: Job): boolean;
  waiting(): number;
  /** The last storage error, until something is stored again. */
  lastError(): unknown;
  /** Resolves once everything submitted so far is settled. */
  drain(): Promise<void>;
}

const WAITING_LIMIT = 20_000;

/**
 * The one way to write. Jobs of one event-loop turn share a commit; a change and its entries are one unit. When a unit
 * fails after its change had ended well, the change runs again without its entries and these are counted as lost.
 */
export function createLane(deps: {
  sql: Sql;
  turn: Turn;
  kinds: Kinds;
  entryId: (seq: number) => string;
  /** Hears of stored entries after their commit, in order. */
  publish: (entries: readonly StoredEntry[]) => void;
}): Lane {
  const { sql, turn } = deps;
  let queue: Job[] = [];
  let running = false;
  let settling = 0;
  let lastError: unknown;
  const known: KnownState = {};
  const idle: (() => void)[] = [];

  const submit = (job: Job) => {
    if (queue.length >= WAITING_LIMIT) return false;
    queue.push(job);
    if (!running) {
      running = true;
      turn.after(() => void runAll());
    }
    return true;
  };

  const runAll = async () => {
    while (queue.length > 0) {
      const jobs = queue.slice(0, sql.unitsPerCommit);
      queue = queue.slice(jobs.length);
      settling = jobs.length;
      await runJobs(jobs);
      settling = 0;
      if (queue.length > 0) {
        await new Promise<void>((resolve) => turn.after(resolve));
      }
    }
    running = false;
    for (const resolve of idle.splice(0)) resolve();
  };

  const runJobs = async (jobs: readonly Job[]) => {
    const attempts = jobs.map((job) => createAttempt(job, deps, known));
    const outcomes = await sql.commit(attempts.map((attempt) => attempt.unit));
    known.settled = sql.exclusive && outcomes.every(({ ok }) => ok) ? known.state : undefined;
    if (attempts.some((attempt, i) => outcomes[i]!.ok && attempt.newKind())) {
      await refreshKinds();
    }
    deps.publish(
      attempts.flatMap((attempt, i) => outcomes[i]!.ok ? attempt.entries() : []),
    );
    for (const [i, attempt] of attempts.entries()) {
      const outcome = outcomes[i]!;
      if (outcome.ok) {
        lastError = undefined;
        jobs[i]!.settle(outcome);
      } else await finish(jobs[i]!, attempt, outcome);
    }
  };

  const finish = async (job: Job, attempt: Attempt, outcome: Failed) => {
    if (!outcome.unavailable && attempt.refused()) {
      if (isStorageFailure(outcome.error)) lastError = outcome.error;
      return job.settle(outcome);
    }
    if (!outcome.unavailable && attempt.assumed() && await storedAfterReading(job)) return;
    const before = lastError;
    lastError = outcome.error;
    if (outcome.unavailable) failWaiting(outcome);
    if (!job.work) return lose(job, job.drafts, { ok: true, value: undefined });
    if (outcome.unavailable) return job.settle(outcome);
    const again = createAttempt(job, deps, undefined);
    const [second] = await sql.commit([again.unit]);
    if (second?.ok) return lose(job, again.drafts(), second);
    // Refused with and without its entries by a rule of the schema: storage works.
    if (isConstraint(outcome.error)) lastError = before;
    job.settle(outcome);
  };

  /** Somebody wrote although nobody else should: with the state read anew the same may succeed. */
  const storedAfterReading = async (job: Job) => {
    const attempt = createAttempt(job, deps, {});
    const [outcome] = await sql.commit([attempt.unit]);
    if (!outcome?.ok) return false;
    if (attempt.newKind()) await refreshKinds();
    deps.publish(attempt.entries());
    job.settle(outcome);
    return true;
  };

  const lose = (job: Job, drafts: readonly Draft[], outcome: Settled) => {
    if (drafts.length > 0) job.lost(drafts);
    job.settle(outcome);
  };

  /** Whoever waits behind a database that cannot be reached is told at once, not one time limit after the other. */
  const failWaiting = (outcome: Failed) => {
    for (const job of queue.splice(0)) {
      if (job.work) job.settle(outcome);
      else lose(job, job.drafts, { ok: true, value: undefined });
    }
  };

  /** Kinds that memory lacks are only slower to write and missed by filters until the next refresh. */
  const refreshKinds = async () => {
    try {
      await deps.kinds.refresh();
    } catch (error) {
      lastError = error;
    }
  };

  return {
    submit,
    waiting: () => queue.length + settling,
    lastError: () => lastError,
    drain: () => running ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve(),
  };
}

const isConstraint = (error: unknown) =>
  error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_CONSTRAINT");

type Failed = Extract<Settled, { readonly ok: false }>;

/** The state of the log as the last unit left it: saves reading it for every entry. */
interface KnownState {
  /** The transaction that `state` belongs to, which may yet be rolled back. */
  transaction?: symbol | undefined;
  state?: LogState | undefined;
  /** What the last commit left, where nobody else can have written since. */
  settled?: LogState | undefined;
}

/** Takes the state out, so that whatever goes wrong before it is put back makes the next unit read it. */
function takeState(known: KnownState, transaction: symbol): LogState | undefined {
  const taken = known.transaction === transaction ? known.state : known.settled;
  known.transaction = known.state = known.settled = undefined;
  return taken;
}

function keepState(known: KnownState, transaction: symbol, state: LogState): void {
  known.transaction = transaction;
  known.state = state;
}

interface Attempt {
  readonly unit: Unit;
  readonly entries: () => readonly StoredEntry[];
  readonly drafts: () => readonly Draft[];
  readonly newKind: () => boolean;
  /** True when the change itself threw. */
  readonly refused: () => boolean;
  /** True when it relied on what an earlier commit had left. */
  readonly assumed: () => boolean;
}

function createAttempt(
  job: Job,
  deps: { readonly kinds: Kinds; readonly entryId: (seq: number) => string },
  known: KnownState | undefined,
): Attempt {
  let drafts: readonly Draft[] = job.drafts;
  let entries: readonly StoredEntry[] = [];
  let newKind = false;
  let refused = false;
  let assumed = false;
  /** Whether the change itself wrote to the log's tables, so that its state has to be read anew. */
  let touchesLog = false;
  const watched = (tx: Tx): Tx => ({
    ...tx,
    run: (sql, args) => {
      if (sql.includes("activity_")) touchesLog = true;
      return tx.run(sql, args);
    },
  });
  const runChange = async (tx: Tx) => {
    const added: Draft[] = [...job.drafts];
    refused = true;
    touchesLog = false;
    const value = await job.work?.(watched(tx), (draft) => void added.push(draft));
    refused = false;
    drafts = added;
    return value;
  };
  const unit: Unit = {
    single: job.work === undefined && job.drafts.length === 1,
    work: async (tx) => {
      entries = [];
      if (!known) return await runChange(tx);
      const kept = takeState(known, tx.transaction);
      assumed = kept !== undefined;
      const state = kept ?? await readLogState(tx);
      const value = job.work ? await runChange(tx) : undefined;
      ({ entries, newKind } = await appendEntries(tx, state, drafts, deps));
      if (!touchesLog) keepState(known, tx.transaction, { ...state, head: state.head + entries.length });
      return value;
    },
  };
  return {
    unit,
    entries: () => entries,
    drafts: () => drafts,
    newKind: () => newKind,
    refused: () => refused,
    assumed: () => assumed,
  };
}
