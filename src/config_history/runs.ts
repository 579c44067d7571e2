import { Refusal } from "../base/errors.ts";
import type { BackUp, Outcome } from "./backup.ts";
import { isSamePlace } from "./gear.ts";
import { createPlaces } from "../base/places.ts";
import type { Gear, Trigger } from "./types.ts";

/** Looks that are under way: one at a time for each device, and a few over all. */
export interface Runs {
  /** Takes its turn among the others; undefined when the device is being looked at, or was while this waited. */
  automatic(gear: Gear, trigger: Trigger): Promise<Outcome | undefined>;
  /** Before those that wait. Joins a look that nobody asked for; refuses with `conflict` while somebody else's goes on. */
  manual(gear: Gear): Promise<{ readonly outcome: Outcome; readonly joined: boolean }>;
  /** Breaks off what is under way and waits for its end. Nothing begins afterwards. */
  stop(): Promise<void>;
}

const MOST_AT_ONCE = 4;

interface Run {
  readonly gear: Gear;
  readonly outcome: Promise<Outcome>;
  /** Somebody asked for it, from the beginning or since. */
  asked: boolean;
}

export function createRuns(backUp: BackUp): Runs {
  const running = new Map<string, Run>();
  const waiting = new Map<string, symbol>();
  const places = createPlaces(MOST_AT_ONCE);
  const cut = new AbortController();
  const { signal } = cut;

  const begin = (gear: Gear, asked: boolean, look: () => Promise<Outcome>): Promise<Outcome> => {
    const outcome = look().finally(() => running.delete(gear.id));
    running.set(gear.id, { gear, outcome, asked });
    return outcome;
  };

  const manual: Runs["manual"] = async (gear) => {
    if (signal.aborted) throw new Refusal("unavailable", "Cannot read the configuration: the server is stopping");
    const run = running.get(gear.id);
    if (run && !isSamePlace(run.gear, gear)) {
      await run.outcome.catch(() => undefined); // told to whoever began it
      return await manual(gear);
    }
    if (run?.asked) {
      throw new Refusal(
        "conflict",
        `Cannot read the configuration of device '${gear.name}': that is going on already`,
      );
    }
    if (run !== undefined) {
      run.asked = true;
      return { outcome: await run.outcome, joined: true };
    }
    waiting.delete(gear.id);
    const look = () => places.run(() => backUp(gear, "manual", signal), true);
    return { outcome: await begin(gear, true, look), joined: false };
  };

  return {
    automatic: async (gear, trigger) => {
      const run = running.get(gear.id);
      if (run && isSamePlace(run.gear, gear)) return undefined;
      // It has another address now: what is found out at the old one does not count.
      await run?.outcome.catch(() => undefined);
      if (signal.aborted || running.has(gear.id)) return undefined;
      const turn = Symbol();
      waiting.set(gear.id, turn);
      return await places.run(async () => {
        if (waiting.get(gear.id) !== turn || signal.aborted) return undefined;
        waiting.delete(gear.id);
        return await begin(gear, false, () => backUp(gear, trigger, signal));
      });
    },
    manual,
    stop: async () => {
      cut.abort();
      await Promise.allSettled([...running.values()].map(({ outcome }) => outcome));
    },
  };
}
