import { logActions } from "./actions.ts";
import { bindActions } from "./catalogue.ts";
import { removeEverything } from "./clear_sql.ts";
import type { Live } from "./live.ts";
import { recordOwed } from "./prune.ts";
import type { Recorder } from "./recorder_types.ts";
import { readPlace } from "./state_sql.ts";

export interface Cleared {
  /** Entries that were removed. */
  readonly deleted: number;
  readonly upToSeq: number;
}

/** Removes every entry, puts that on record as the first of what follows, and tells live clients. */
export async function clearLog(deps: { recorder: Recorder; live: Pick<Live, "announce"> }): Promise<Cleared> {
  const { recorder, live } = deps;
  const cleared = await recorder.change(async (tx) => {
    const { low, high } = await readPlace(tx);
    // A removal that is under way would find nothing left to put on record.
    await recordOwed(recorder, tx);
    await removeEverything(tx, high);
    const outcome = { deleted: high - low + 1, upToSeq: high };
    bindActions(recorder, logActions).recordIn(tx, "activity_log.cleared", {
      metadata: { deleted: outcome.deleted, up_to_seq: high },
    });
    return outcome;
  });
  live.announce(JSON.stringify({ type: "log_cleared", up_to_seq: cleared.upToSeq }));
  return cleared;
}
