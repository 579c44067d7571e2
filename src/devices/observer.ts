import type { Clock } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { ChangeLog } from "./change_log.ts";
import type { OfflineReason } from "./device_http.ts";
import { afterFailure, afterGood, type Health, transitionOf } from "./health.ts";
import type { Light } from "./lights.ts";
import { differencesOf, isPartOf, type LightChange, type LightState } from "./light_state.ts";
import type { TransitionLog } from "./transition_log.ts";

/** Told to live clients. */
export type DeviceMessage =
  | ({ readonly type: "device_health_changed"; readonly device_id: string } & Omit<Health, "failures">)
  | { readonly type: "device_state_changed"; readonly device_id: string; readonly state: LightState };

/** What is made of what a device shows: its status, entries in the log, messages to live clients. */
export interface Observer {
  /** The device answered as it should. */
  answered(light: Light, ms: number): void;
  /** A health check failed. */
  failed(light: Light, reason: OfflineReason): void;
  /** The device shows this, and nobody here had just changed it. */
  saw(light: Light, state: LightState): void;
  /** The device shows this after what the acting caller did. */
  changed(light: Light, state: LightState): void;
  /** The acting caller's change may or may not have come about. */
  lost(light: Light, change: LightChange): void;
}

/** A controller that hung may yet do what it was told; later than this somebody else is as likely. */
const CLAIM_MS = 60_000;

export function createObserver(
  { transitions, changes, context, clock, announce }: {
    readonly transitions: Pick<TransitionLog, "note">;
    readonly changes: Pick<ChangeLog, "note">;
    readonly context: ActorContext;
    readonly clock: Clock;
    readonly announce: (message: DeviceMessage) => void;
  },
): Observer {
  const moveTo = (light: Light, health: Health) => {
    const action = transitionOf(light.health, health);
    light.health = health;
    const { failures: _, ...shown } = health;
    const tell = () => {
      if (light.current) announce({ type: "device_health_changed", device_id: light.id, ...shown });
    };
    if (action === undefined) return tell();
    const commits: Promise<void>[] = [];
    asSystem(context, () => transitions.note(light, action), (committed) => void commits.push(committed));
    void Promise.all(commits).then(tell, tell);
  };

  const show = (light: Light, state: LightState) => {
    const before = light.state;
    const differences = before === null ? {} : differencesOf(before, state);
    light.state = state;
    const moved = before === null || Object.keys(differences).length > 0;
    if (moved && light.current) announce({ type: "device_state_changed", device_id: light.id, state });
    return differences;
  };

  const note = ({ id, name }: Light, fields: Partial<LightState>, source: "api" | "external", actor: string) => {
    if (Object.keys(fields).length > 0) changes.note({ id, name, fields, source, actor });
  };

  return {
    answered: (light, ms) => {
      if (light.current) moveTo(light, afterGood(ms, new Date(clock.now()).toISOString()));
    },
    failed: (light, reason) => {
      if (light.current) moveTo(light, afterFailure(light.health, reason));
    },
    saw: (light, state) => {
      if (!light.current) return;
      const differences = show(light, state);
      const { claim } = light;
      const claimed = claim !== undefined && clock.now() < claim.until && isPartOf(differences, claim.change);
      if (claimed) light.claim = undefined;
      if (claimed) note(light, differences, "api", claim.actor);
      else asSystem(context, () => note(light, differences, "external", context.current().actor));
    },
    changed: (light, state) => {
      light.claim = undefined;
      note(light, show(light, state), "api", context.current().actor);
    },
    lost: (light, change) => {
      light.claim = { actor: context.current().actor, change, until: clock.now() + CLAIM_MS };
    },
  };
}

/** Nobody asked for it, but a response that goes out after it still waits until it is stored. */
function asSystem(context: ActorContext, work: () => void, also: (committed: Promise<void>) => void = () => {}): void {
  const outer = context.current().recorded;
  const recorded = (committed: Promise<void>) => {
    also(committed);
    outer(committed);
  };
  context.run({ actor: "system", recorded }, work);
}
