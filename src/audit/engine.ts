import type { StoredEntry } from "./entry.ts";
import { type BlockIndex, createBlockIndex } from "./block_index.ts";
import { type Cleared, clearLog } from "./clear.ts";
import { createExports, type Exports } from "./export.ts";
import { createKinds } from "./kinds.ts";
import { createLive, type Live } from "./live.ts";
import { createLogSettings, type LogSettingsStore } from "./log_settings.ts";
import type { Clock, Entropy, Sql, Turn } from "./ports.ts";
import { createQuery, type Query } from "./query.ts";
import { createRecorder, type RecorderEngine, type RecorderHealth, type RecordingScope } from "./recorder.ts";
import { readRunTimes } from "./prune_sql.ts";
import { createRetention, type Retention } from "./retention.ts";
import { trustedFrom } from "./run_times.ts";
import { readLogId, readLogState } from "./state_sql.ts";
import { createTextIndex, type TextIndex, type TextIndexSettings } from "./text_index.ts";
import { readTextSeq } from "./text_sql.ts";

/** The activity log as a machine: everything that records, stores, finds and follows entries. */
export interface AuditEngine {
  readonly recorder: RecorderEngine;
  readonly query: Query;
  readonly live: Live;
  readonly blockIndex: BlockIndex;
  readonly textIndex: TextIndex;
  readonly settings: LogSettingsStore;
  readonly retention: Retention;
  readonly exports: Exports;
  /** Removes every entry. Their space is given back by the next run of retention. */
  clear(): Promise<Cleared>;
  /** The name of this log. */
  logId(): Promise<string>;
  /** The highest `seq` that was ever used. */
  head(): Promise<number>;
  health(): Promise<AuditHealth>;
  /** Starts background work; it ends with the signal. */
  start(signal: AbortSignal): void;
  /** Waits until everything recorded so far is stored or counted as lost. */
  stop(): Promise<void>;
}

export interface AuditHealth extends RecorderHealth {
  /** The highest `seq`, or null when the database does not answer. */
  readonly head_seq: number | null;
  readonly enabled: boolean;
  /** Entries that the text index has not reached; search looks at them one by one. */
  readonly text_behind: number;
  readonly followers: number;
  /** True from a failed removal of old entries until one succeeds. */
  readonly retention_failing: boolean;
  /** Until then nothing goes by age, because the clock leapt; null while it is trusted. ISO 8601. */
  readonly age_waits_until: string | null;
}

export async function createAuditEngine(deps: {
  sql: Sql;
  clock: Clock;
  turn: Turn;
  entropy: Entropy;
  scope: () => RecordingScope;
  budget?: { readonly page: number; readonly count: number };
  textIndex?: TextIndexSettings;
}): Promise<AuditEngine> {
  const { sql, turn } = deps;
  const kinds = createKinds(sql);
  await kinds.refresh();
  const live = createLive({ sql, turn });
  const publish = (entries: readonly StoredEntry[]) => {
    live.publish(entries);
    const last = entries.at(-1);
    if (!last) return;
    textIndex.wake();
    blockIndex.wake(last.seq);
  };
  const recorder = createRecorder({ ...deps, kinds, publish });
  const textIndex = createTextIndex({
    recorder,
    turn,
    ...(deps.textIndex ? { settings: deps.textIndex } : {}),
  });
  const blockIndex = createBlockIndex({ recorder });
  await blockIndex.catchUp();
  const settings = await createLogSettings({ sql, recorder });
  const retention = createRetention({ ...deps, recorder });
  return {
    recorder,
    query: createQuery({ ...deps, kinds }),
    live,
    blockIndex,
    textIndex,
    settings,
    retention,
    exports: createExports({ ...deps, kinds, recorder }),
    clear: () => clearLog({ recorder, live }),
    logId: () => readLogId(sql),
    head: async () => (await readLogState(sql)).head,
    health: async () => ({
      ...await readHealth(sql, recorder, live),
      retention_failing: retention.lastError() !== undefined,
    }),
    start: (signal) => {
      textIndex.start(signal);
      retention.start(signal);
    },
    stop: async () => {
      await retention.stop();
      await recorder.stop();
    },
  };
}

async function readHealth(sql: Sql, recorder: RecorderEngine, live: Live) {
  const followers = live.followers();
  try {
    const { head, enabled } = await readLogState(sql);
    const behind = Math.max(0, head - await readTextSeq(sql));
    const waits = trustedFrom(await readRunTimes(sql));
    const age = waits === null ? null : new Date(waits).toISOString();
    return { ...recorder.health(), head_seq: head, enabled, text_behind: behind, followers, age_waits_until: age };
  } catch {
    // The database does not answer: that is the health that is asked for.
    const unknown = { head_seq: null, enabled: true, text_behind: 0, age_waits_until: null };
    return { ...recorder.health(), ...unknown, storing: false, followers };
  }
}
