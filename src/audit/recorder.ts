import { logActions } from "./actions.ts";
import { bindActions } from "./catalogue.ts";
import type { Category } from "./categories.ts";
import { createDraft, type Draft, type StoredEntry } from "./entry.ts";
import { createEntryIds } from "./ids.ts";
import type { Kinds } from "./kinds.ts";
import { createLane } from "./lane.ts";
import { createLosses, type Loss } from "./losses.ts";
import { type Clock, type Entropy, type Settled, type Sql, StorageUnavailable, type Turn } from "./ports.ts";
import type { ChangeTx, EntryFields, Recorder } from "./recorder_types.ts";
import { explained } from "./storage_failure.ts";

/** Who acts in the running scope, and whom to tell of what was recorded there. */
export interface RecordingScope {
  readonly actor: string;
  readonly recorded: (committed: Promise<void>) => void;
}

export interface RecorderHealth {
  /** Jobs that wait for the lane. */
  readonly waiting: number;
  /** Entries lost since the start. */
  readonly lost: number;
  /** Of these, how many are not yet on record. */
  readonly unrecorded: number;
  /** False from a storage error until something is stored again. */
  readonly storing: boolean;
}

export interface RecorderEngine extends Recorder {
  health(): RecorderHealth;
  /** Waits until everything submitted so far is settled; tries a last time to put losses on record. */
  stop(): Promise<void>;
}

const LOSS_RETRY_MS = 2000;

export function createRecorder(deps: {
  sql: Sql;
  clock: Clock;
  turn: Turn;
  entropy: Entropy;
  kinds: Kinds;
  scope: () => RecordingScope;
  publish: (entries: readonly StoredEntry[]) => void;
}): RecorderEngine {
  const { clock, turn, scope } = deps;
  const losses = createLosses();
  const lane = createLane({ ...deps, entryId: createEntryIds(deps.entropy) });
  let cancelRetry: (() => void) | undefined;
  let stopped = false;

  const draftOf = (
    actor: string,
    category: Category,
    action: string,
    fields: EntryFields,
  ) => createDraft(clock.now(), actor, category, action, fields);

  /** Puts losses on record as soon as something can be stored, and keeps trying while nobody else writes. */
  const recordLosses = () => {
    if (losses.unrecorded() === 0 || cancelRetry) return;
    const attempt = () => {
      cancelRetry = undefined;
      const loss = losses.take();
      if (loss) submitLoss(loss);
    };
    cancelRetry = lane.lastError() === undefined ? (turn.after(attempt), () => {}) : turn.delay(attempt, LOSS_RETRY_MS);
  };

  const submitLoss = (loss: Loss) => {
    const drafts: Draft[] = [];
    bindActions({
      record: (category, action, fields = {}) => void drafts.push(draftOf("system", category, action, fields)),
    }, logActions).record("activity_log.entries_lost", {
      metadata: { ...loss },
    });
    let stored = true;
    const lost = () => {
      stored = false;
      losses.putBack(loss);
    };
    const settle = () => {
      if (stored) losses.recorded(loss);
      if (!stopped) recordLosses();
    };
    if (lane.submit({ drafts, lost, settle })) return;
    lost();
    settle();
  };

  const countLost = (drafts: readonly Draft[]) => losses.add(drafts.map((draft) => draft.ts));

  const record = (
    category: Category,
    action: string,
    fields: EntryFields = {},
  ) => {
    try {
      const { actor, recorded } = scope();
      const draft = draftOf(actor, category, action, fields);
      recorded(
        new Promise<void>((resolve) => {
          const settle = () => {
            resolve();
            recordLosses();
          };
          if (lane.submit({ drafts: [draft], lost: countLost, settle })) return;
          countLost([draft]);
          settle();
        }),
      );
    } catch {
      losses.add([new Date(clock.now()).toISOString()]);
      recordLosses();
    }
  };

  const change = <T>(work: (tx: ChangeTx) => Promise<T>) => {
    const { actor } = scope();
    return new Promise<T>((resolve, reject) => {
      const settle = (outcome: Settled) => {
        // The value is what `work` resolved with: the lane hands it on as it is.
        if (outcome.ok) resolve(outcome.value as T);
        else reject(explained(outcome.error));
        recordLosses();
      };
      const run: Parameters<typeof lane.submit>[0]["work"] = (tx, add) =>
        work({
          ...tx,
          record: (category, action, fields = {}) => add(draftOf(actor, category, action, fields)),
        });
      if (lane.submit({ work: run, drafts: [], lost: countLost, settle })) {
        return;
      }
      reject(
        new StorageUnavailable(
          "Cannot change anything now: too many changes wait for storage",
        ),
      );
    });
  };

  return {
    record,
    change,
    health: () => ({
      waiting: lane.waiting(),
      lost: losses.total(),
      unrecorded: losses.unrecorded(),
      storing: lane.lastError() === undefined,
    }),
    stop: async () => {
      stopped = true;
      cancelRetry?.();
      await lane.drain();
      const loss = losses.take();
      if (loss) submitLoss(loss);
      await lane.drain();
    },
  };
}
