import { bindActions, type Recorder } from "../audit/mod.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import { deviceActions } from "./actions.ts";
import type { Health } from "./health.ts";
import type { Light } from "./lights.ts";
import { reasonWords } from "./reasons.ts";

/**
 * Puts on record that devices go offline and come back, six times an hour for each, so that one that comes and goes all day
 * does not fill the log. What is beyond that is counted; when the hour has room again, the log is told how the device is,
 * if that is not what it says already, and so it is before this server or the device ceases to be what it was.
 */
export interface TransitionLog {
  /** The health of the device has just changed in this way. */
  note(light: Light, action: Transition): void;
  /** Records how the device was at last, if the log says otherwise: it is another one now. */
  renew(id: string): void;
  /** Forgets everything about a device. */
  forget(id: string): void;
  /** Records how the devices are where the log says otherwise; from now on nothing is put off. */
  stop(): void;
}

export type Transition = "device.online" | "device.offline";

const MOST = 6;
const HOUR_MS = 3_600_000;

/** What is on record of one device, and what is not. */
interface Noted {
  /** When the entries of the last hour were made, milliseconds since 1970, oldest first. */
  times: readonly number[];
  last: Transition | undefined;
  suppressed: number;
  /** Ends the waiting for room in the hour. */
  cancel: () => void;
  /** As it was when it was noted last. */
  light: Light;
}

export function createTransitionLog(
  { recorder, context, clock, turn }: {
    readonly recorder: Pick<Recorder, "record">;
    readonly context: ActorContext;
    readonly clock: Clock;
    readonly turn: Pick<Turn, "delay">;
  },
): TransitionLog {
  const log = bindActions(recorder, deviceActions);
  const all = new Map<string, Noted>();
  let stopped = false;

  const write = ({ id, name, health }: Light, action: Transition, suppressed: number) => {
    const message = messageOf(name, action, health, suppressed);
    log.record(action, {
      entityType: "device",
      entityId: id,
      entityName: name,
      metadata: { latency_ms: health.latency_ms, ...(suppressed > 0 ? { suppressed } : {}) },
      ...(message === undefined ? {} : { message }),
    });
  };

  const put = (noted: Noted, action: Transition) => {
    write(noted.light, action, noted.suppressed);
    noted.times = [...noted.times, clock.now()];
    noted.last = action;
    noted.suppressed = 0;
  };

  /** A clock that was set back frees the hour, rather than closing it for longer. */
  const prune = (noted: Noted) => {
    const now = clock.now();
    noted.times = noted.times.filter((time) => time <= now && now - time < HOUR_MS);
  };

  const catchUp = (noted: Noted) => {
    const action = noted.light.health.online ? "device.online" : "device.offline";
    if (noted.suppressed === 0 || action === noted.last) return;
    noted.suppressed--; // this one is recorded after all
    put(noted, action);
  };

  const wait = (noted: Noted) => {
    const [oldest = clock.now()] = noted.times;
    noted.cancel();
    const ms = Math.max(1, oldest + HOUR_MS - clock.now());
    const look = () => {
      prune(noted);
      if (noted.times.length >= MOST) wait(noted);
      else catchUp(noted);
    };
    noted.cancel = context.runAsSystem(() => turn.delay(look, ms));
  };

  const catchUpNow = (noted: Noted) => {
    noted.cancel();
    context.runAsSystem(() => catchUp(noted));
  };

  return {
    note: (light, action) => {
      const noted: Noted = all.get(light.id) ??
        { times: [], last: undefined, suppressed: 0, cancel: () => {}, light };
      all.set(light.id, noted);
      noted.light = light;
      prune(noted);
      if ((stopped || noted.times.length < MOST) && action !== noted.last) return put(noted, action);
      noted.suppressed++;
      if (!stopped) wait(noted);
    },
    renew: (id) => {
      const noted = all.get(id);
      if (noted === undefined) return;
      catchUpNow(noted);
      noted.last = undefined;
      noted.suppressed = 0;
    },
    forget: (id) => {
      all.get(id)?.cancel();
      all.delete(id);
    },
    stop: () => {
      stopped = true;
      all.forEach(catchUpNow);
    },
  };
}

/** Undefined where the action's own words say it all. */
function messageOf(name: string, action: Transition, health: Health, suppressed: number): string | undefined {
  const missed = suppressed === 0 ? "" : ` (came and went, ${suppressed} times not recorded)`;
  if (action === "device.online") return missed === "" ? undefined : `Device '${name}' is online again${missed}`;
  const why = health.offline_reason === null ? "" : `: ${reasonWords(health.offline_reason)}`;
  return `Device '${name}' went offline${why}${missed}`;
}
