import { bindActions, type Recorder } from "../audit/mod.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import type { DailyBudget } from "../base/daily_budget.ts";
import type { Log } from "../base/log.ts";
import { createThrottle } from "../base/throttle.ts";
import { discoveryActions } from "./actions.ts";
import { type Find, storedOf, textOf } from "./find.ts";
import type { Sighting } from "./sighting.ts";
import { deleteFind, dropOldFinds, saveFind } from "./store.ts";

/** Puts on record who came and went, as much as the log bears, together with the rows that remember it. */
export interface Journal {
  /** Resolves once it is stored, if there is room for it. */
  appeared(find: Find): Promise<void>;
  left(find: Find): Promise<void>;
  /** It is configured now: there is nothing more to remember. */
  forget(find: Find): Promise<void>;
  /** Writes rows anew. */
  save(finds: readonly Find[]): Promise<void>;
  /** Tells now how many there was no room for. */
  flush(): void;
}

type Action = "device.discovered" | "device.lost";
interface Told {
  readonly action: Action;
  readonly sighting: Sighting;
}

const RETRY_MS = 60_000;

export function createJournal(
  { recorder, clock, turn, budget, groupOf, log }: {
    readonly recorder: Recorder;
    readonly clock: Clock;
    readonly turn: Pick<Turn, "delay">;
    readonly budget: DailyBudget;
    /** Who counts as one sender. */
    readonly groupOf: (address: string) => string;
    readonly log: Pick<Log, "warning">;
  },
): Journal {
  const entries = bindActions(recorder, discoveryActions);
  const throttle = createThrottle<Told>({
    turn,
    budget,
    summarise: (_group, suppressed, { action, sighting: { url, deviceType } }) =>
      entries.record(action, { actor: "system", metadata: { url, device_type: deviceType, suppressed } }),
  });

  const admits = (action: Action, { sighting }: Find) =>
    throttle.admits(groupOf(sighting.sender), { action, sighting });

  const entryOf = (action: Action, { name, url, deviceType }: Sighting) => ({
    actor: "system",
    metadata: { url, device_type: deviceType },
    message: action === "device.discovered" ? `Found '${name}' at ${url}` : `'${name}' at ${url} is gone`,
  });

  /** Stores the row as the find is now, with the entry if there is one. */
  const store = async (finds: readonly Find[], action?: Action) => {
    const rows = finds.map((find) => ({ find, row: storedOf(find), text: textOf(find) }));
    for (const { find, text } of rows) [find.stored, find.savedAt, find.savedAs] = [true, clock.now(), text];
    try {
      await recorder.change(async (tx) => {
        for (const { row } of rows) await saveFind(tx, row);
        if (action !== undefined) await dropOldFinds(tx);
        for (const { find } of rows) {
          if (action !== undefined) entries.recordIn(tx, action, entryOf(action, find.sighting));
        }
      });
    } catch (error) {
      log.warning("Found devices could not be stored", { error: String(error) });
      for (const { find } of rows) {
        find.savedAt = -Infinity; // again with the next
        if (action === "device.discovered") [find.stored, find.retryAt] = [false, clock.now() + RETRY_MS];
      }
    }
  };

  return {
    appeared: async (find) => {
      find.retryAt = undefined;
      if (admits("device.discovered", find)) await store([find], "device.discovered");
    },
    left: async (find) => {
      if (!find.stored) return; // nobody was told that it came
      await store([find], admits("device.lost", find) ? "device.lost" : undefined);
    },
    forget: async (find) => {
      if (!find.stored) return;
      find.stored = false;
      try {
        await recorder.change((tx) => deleteFind(tx, find.id));
      } catch (error) {
        log.warning("A found device could not be forgotten", { error: String(error) });
      }
    },
    save: async (finds) => {
      if (finds.length > 0) await store(finds);
    },
    flush: throttle.flush,
  };
}
