import { logActions } from "./actions.ts";
import { bindActions } from "./catalogue.ts";
import { readSettings } from "./log_settings_sql.ts";
import type { Clock } from "./ports.ts";
import { readLastRemoval, removeRows } from "./prune_sql.ts";
import { upToByCount } from "./prune_target.ts";
import type { ChangeTx, Recorder } from "./recorder_types.ts";
import { readPlace } from "./state_sql.ts";

/** What a run set out to remove, and the limits that it did so for. */
export interface PrunePlan {
  readonly upTo: number;
  readonly maxDays: number | null;
  readonly maxEntries: number | null;
}

export interface Batch {
  /** True when nothing of the plan is left. */
  readonly ended: boolean;
  /** Milliseconds that others had to wait for. */
  readonly ms: number;
}

const NOTHING: Batch = { ended: true, ms: 0 };

/** Removals are recorded by the engine, whoever asked for the run. */
const recordPruned = (recorder: Recorder, tx: ChangeTx, deleted: number, upTo: number) =>
  bindActions(recorder, logActions).recordIn(tx, "activity_log.pruned", {
    actor: "system",
    metadata: { deleted, up_to_seq: upTo },
  });

/**
 * Removes the next few rows. The last batch records the removal. A run that ends half-way leaves that to be derived:
 * rows have gone up to the floor, and are on record up to where the newest entry that tells of a removal reached. So
 * the batch that takes that entry away writes another.
 */
export function removeBatch(
  deps: { readonly recorder: Recorder; readonly clock: Clock },
  plan: PrunePlan,
  size: number,
): Promise<Batch> {
  const { recorder, clock } = deps;
  return recorder.change(async (tx) => {
    const begun = clock.now();
    const { maxDays, maxEntries } = await readSettings(tx);
    // Whoever changes the limits asks for another run.
    if (maxDays !== plan.maxDays || maxEntries !== plan.maxEntries) return NOTHING;
    const place = await readPlace(tx);
    const last = await readLastRemoval(tx);
    const end = Math.min(place.low + size - 1, Math.max(plan.upTo, upToByCount(place, maxEntries)), place.high);
    if (end < place.low) return NOTHING;
    const ended = end >= plan.upTo;
    await removeRows(tx, place, end);
    if (ended || (last && last.seq <= end)) recordPruned(recorder, tx, end - (last?.upTo ?? 0), end);
    return { ended, ms: clock.now() - begun };
  });
}

/** Puts on record what was removed and is not yet; true when there was something. Only reads of its own go before. */
export async function recordOwed(recorder: Recorder, tx: ChangeTx): Promise<boolean> {
  const { floor } = await readPlace(tx);
  const recorded = (await readLastRemoval(tx))?.upTo ?? 0;
  if (floor <= recorded) return false;
  recordPruned(recorder, tx, floor - recorded, floor);
  return true;
}
