import { bindActions, type Recorder } from "../audit/mod.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import type { Log } from "../base/log.ts";
import { createThrottle, type OutsiderLimits } from "../base/throttle.ts";
import { discoveryActions } from "./actions.ts";
import { type Find, storedOf, textOf } from "./find.ts";
import type { Sighting } from "./sighting.ts";
import { deleteFind, dropOldFinds, type KnownIdentity, saveFind, saveIdentity } from "./store.ts";

/** Puts on record who came and went, as much as the log bears, together with the rows that remember it. */
export interface Journal {
  /** Resolves once it is stored, if there is room for it. */
  appeared(find: Find): Promise<void>;
  /** Tries again with those for whom there was no room; where there is still none, they are remembered without. */
  catchUp(finds: readonly Find[]): Promise<void>;
  left(find: Find): Promise<void>;
  /** It is configured now: there is nothing more to remember. */
  forget(find: Find): Promise<void>;
  /** Remembers who a configured device is. */
  learned(known: KnownIdentity): Promise<void>;
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
  { recorder, clock, turn, limits, groupOf, log }: {
    readonly recorder: Recorder;
    readonly clock: Clock;
    readonly turn: Pick<Turn, "delay">;
    readonly limits: OutsiderLimits;
    /** Who counts as one sender. */
    readonly groupOf: (address: string) => string;
    readonly log: Pick<Log, "warning">;
  },
): Journal {
  const entries = bindActions(recorder, discoveryActions);
  const throttle = createThrottle<Told>({
    turn,
    limits,
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

  /** Stores the rows as the finds are now, with their entries if there are any. */
  const store = async (finds: readonly Find[], action?: Action) => {
    for (const find of finds) if (action === "device.discovered") find.recorded = true;
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
        if (action === "device.discovered") find.recorded = false;
        if (action !== "device.lost" && !find.recorded) find.stored = false;
      }
    }
  };

  const forget = async (find: Find) => {
    find.recorded = false;
    if (!find.stored) return;
    find.stored = false;
    try {
      await recorder.change((tx) => deleteFind(tx, find.id));
    } catch (error) {
      log.warning("A found device could not be forgotten", { error: String(error) });
    }
  };

  return {
    appeared: async (find) => {
      find.retryAt = clock.now() + RETRY_MS;
      if (admits("device.discovered", find)) await store([find], "device.discovered");
    },
    catchUp: async (finds) => {
      const admitted: Find[] = [];
      const others: Find[] = [];
      for (const find of finds) {
        find.retryAt = clock.now() + RETRY_MS;
        (throttle.admitsLate(groupOf(find.sighting.sender)) ? admitted : others).push(find);
      }
      const unknown = others.filter(({ stored }) => !stored);
      if (admitted.length > 0) await store(admitted, "device.discovered");
      if (unknown.length > 0) await store(unknown);
    },
    left: async (find) => {
      if (!find.recorded) return await forget(find); // no entry says that it came
      find.recorded = false;
      await store([find], admits("device.lost", find) ? "device.lost" : undefined);
    },
    forget,
    learned: async (known) => {
      try {
        await recorder.change((tx) => saveIdentity(tx, known));
      } catch (error) {
        log.warning("The identity of a device could not be stored", { error: String(error) });
      }
    },
    save: async (finds) => {
      if (finds.length > 0) await store(finds);
    },
    flush: throttle.flush,
  };
}
