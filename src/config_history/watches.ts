import type { Clock, Entropy, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import type { Outcome } from "./backup.ts";
import { isSameGear, isSamePlace } from "./gear.ts";
import type { Runs } from "./runs.ts";
import { ADOPTED_MS, nextAfter, nextAtStart } from "./timetable.ts";
import type { Check, Gear, Trigger } from "./types.ts";

/** Looks at devices again and again, each at its own pace. */
export interface Watches {
  /** Begins; ends with the signal. Until then nothing is looked at. */
  start(gear: readonly Gear[], checks: ReadonlyMap<string, Check>, signal: AbortSignal): void;
  /** Takes over a device that was created or changed. */
  put(gear: Gear): void;
  remove(id: string): void;
  /** It was looked at otherwise: its next turn comes later. */
  looked(id: string, outcome: Outcome): void;
}

interface Watch {
  gear: Gear;
  trigger: Trigger;
  cancel: () => void;
}

export function createWatches(
  { runs, clock, turn, entropy, context, log }: {
    readonly runs: Pick<Runs, "automatic">;
    readonly clock: Clock;
    readonly turn: Pick<Turn, "delay">;
    readonly entropy: Entropy;
    readonly context: ActorContext;
    readonly log: Pick<Log, "warning" | "debug">;
  },
): Watches {
  const watches = new Map<string, Watch>();
  let started = false;

  const chance = () => (entropy.bytes(1)[0] ?? 0) / 256;

  const plan = (watch: Watch, ms: number) => {
    watch.cancel();
    watch.cancel = context.runAsSystem(() => turn.delay(() => void look(watch), ms));
  };

  /** The place of its turn is kept while it waits and runs: whatever comes of it plans the next one. */
  const look = async (watch: Watch) => {
    const { gear, trigger } = watch;
    try {
      const outcome = await runs.automatic(gear, trigger);
      if (outcome?.ok === false) tell(gear, outcome);
      if (isCurrent(watch, gear)) settle(watch, outcome);
    } catch (error) {
      if (!isCurrent(watch, gear)) return; // it is gone, or another one: nothing of it could be kept
      log.warning("The configuration of a device could not be kept", { device: gear.id, error: String(error) });
      plan(watch, nextAfter({ failures: 1 }, chance()));
    }
  };

  /** A device that is off for once is none of the news of whoever runs the server. */
  const tell = ({ id }: Gear, { refusal, check }: Extract<Outcome, { readonly ok: false }>) =>
    log[(check?.failures ?? 0) > 1 ? "warning" : "debug"](refusal.message, { device: id });

  /** False when it was changed meanwhile: then its next turn is planned already. */
  const isCurrent = (watch: Watch, gear: Gear) =>
    started && watches.get(gear.id) === watch && isSameGear(watch.gear, gear);

  const settle = (watch: Watch, outcome: Outcome | undefined) => {
    // Somebody else was looking at it: they tell.
    if (outcome === undefined) return plan(watch, nextAfter({ failures: 0 }, chance()));
    if (outcome.ok) watch.trigger = "scheduled";
    plan(watch, nextAfter(outcome.check ?? { failures: 1 }, chance()));
  };

  const remove = (id: string) => {
    watches.get(id)?.cancel();
    watches.delete(id);
  };

  const watchFrom = (gear: Gear, trigger: Trigger, ms: number) => {
    remove(gear.id);
    if (!started) return;
    const watch: Watch = { gear, trigger, cancel: () => {} };
    watches.set(gear.id, watch);
    if (gear.enabled) plan(watch, ms);
  };

  return {
    start: (all, checks, signal) => {
      if (signal.aborted) return;
      started = true;
      signal.addEventListener("abort", () => {
        started = false;
        for (const id of [...watches.keys()]) remove(id);
      }, { once: true });
      for (const gear of all) {
        const check = checks.get(gear.id);
        const trigger = check === undefined ? "adoption" : "scheduled";
        watchFrom(gear, trigger, nextAtStart(check, clock.now(), chance()));
      }
    },
    put: (gear) => {
      const known = watches.get(gear.id);
      if (known && isSameGear(known.gear, gear)) return void (known.gear = gear);
      const trigger = known && isSamePlace(known.gear, gear) ? "scheduled" : "adoption";
      watchFrom(gear, trigger, ADOPTED_MS * (0.5 + chance()));
    },
    remove,
    looked: (id, outcome) => {
      const watch = watches.get(id);
      if (watch?.gear.enabled) settle(watch, outcome);
    },
  };
}
