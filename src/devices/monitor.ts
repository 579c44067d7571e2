import type { Clock, Entropy, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import type { Light } from "./lights.ts";
import { createPlaces } from "../base/places.ts";

/** Checks devices in the background, each at its own pace. */
export interface Monitor {
  /** Begins with these; ends with the signal. Until then nothing is checked. */
  start(lights: readonly Light[], signal: AbortSignal): void;
  /** Checks it at once and then again and again. */
  watch(light: Light): void;
  unwatch(id: string): void;
  /** Checks it within a second. */
  soon(light: Light): void;
  /** Resolves once no check is under way; after the end that is at once. */
  idle(): Promise<void>;
}

/** So that a whole house is not asked in one moment. */
const FIRST_WITHIN_MS = 3000;
const SOON_MS = 1000;
/** Apart, so that devices that make one wait hold up only each other. Together the most that is asked at a time. */
const SLOTS = { sound: 32, failing: 32 };

interface Watch {
  readonly light: Light;
  readonly ended: AbortController;
  cancel: () => void;
  /** Milliseconds since 1970. */
  dueAt: number;
  checking: boolean;
  /** It fell due while a check was under way. */
  due: boolean;
}

export function createMonitor(
  { check, everyMs, clock, turn, entropy, context, log }: {
    /** One check, whatever comes of it. */
    readonly check: (light: Light, signal: AbortSignal) => Promise<void>;
    readonly everyMs: number;
    readonly clock: Clock;
    readonly turn: Pick<Turn, "delay">;
    readonly entropy: Entropy;
    readonly context: ActorContext;
    readonly log: Pick<Log, "warning">;
  },
): Monitor {
  const watches = new Map<string, Watch>();
  const running = new Set<Promise<void>>();
  const slots = { sound: createPlaces(SLOTS.sound), failing: createPlaces(SLOTS.failing) };
  let started = false;

  const chance = () => (entropy.bytes(1)[0] ?? 0) / 256;
  /** ±10 %, so that devices do not fall into step. */
  const interval = () => everyMs * (0.9 + 0.2 * chance());

  const plan = (watch: Watch, ms: number) => {
    watch.cancel();
    watch.dueAt = clock.now() + ms;
    watch.cancel = turn.delay(() => {
      if (watch.checking) watch.due = true;
      else begin(watch);
    }, ms);
  };

  const begin = (watch: Watch) => {
    watch.checking = true;
    watch.due = false;
    plan(watch, interval());
    const checked = run(watch).catch((error: unknown) => {
      log.warning("A device could not be checked", { device: watch.light.id, error: String(error) });
    }).finally(() => {
      running.delete(checked);
      watch.checking = false;
      if (watch.due && !watch.ended.signal.aborted) begin(watch);
    });
    running.add(checked);
  };

  const run = ({ light, ended: { signal } }: Watch) =>
    slots[light.health.failures > 0 ? "failing" : "sound"].run(async () => {
      if (!signal.aborted) await check(light, signal);
    });

  const unwatch = (id: string) => {
    const watch = watches.get(id);
    watches.delete(id);
    watch?.cancel();
    watch?.ended.abort();
  };

  const watchFrom = (light: Light, ms: number) => {
    unwatch(light.id);
    if (!started || !light.settings.enabled) return;
    const watch: Watch = {
      light,
      ended: new AbortController(),
      cancel: () => {},
      dueAt: 0,
      checking: false,
      due: false,
    };
    watches.set(light.id, watch);
    context.runAsSystem(() => plan(watch, ms));
  };

  const stop = () => {
    started = false;
    for (const id of [...watches.keys()]) unwatch(id);
  };

  return {
    start: (lights, signal) => {
      if (signal.aborted) return;
      started = true;
      signal.addEventListener("abort", stop, { once: true });
      for (const light of lights) watchFrom(light, chance() * Math.min(FIRST_WITHIN_MS, everyMs));
    },
    watch: (light) => watchFrom(light, 0),
    unwatch,
    soon: (light) => {
      const watch = watches.get(light.id);
      const within = Math.min(SOON_MS, everyMs);
      // Whoever keeps asking a dead device must not put its check off.
      if (watch?.light !== light || watch.dueAt <= clock.now() + within) return;
      context.runAsSystem(() => plan(watch, within));
    },
    idle: async () => void await Promise.all(running),
  };
}
