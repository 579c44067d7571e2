import { bindActions, type Recorder } from "../audit/mod.ts";
import { Refusal } from "../base/errors.ts";
import { deviceActions } from "./actions.ts";
import type { LightDriver } from "./driver.ts";
import type { Light, Lights } from "./lights.ts";
import type { LightChange, LightState } from "./light_state.ts";
import type { Observer } from "./observer.ts";
import type { Queues } from "./queues.ts";
import { failureOf } from "./reasons.ts";

/**
 * Lights as callers use them. Everything refuses with `not_found`, with `conflict` for a device that cannot be switched,
 * with `device_failed` or `device_timeout`, and with `unavailable` when too many wait for the device.
 */
export interface Control {
  /** Asks the device. */
  read(id: string): Promise<LightState>;
  /** What the device shows afterwards. Also refuses with `conflict` when the device has no such preset. */
  change(id: string, change: LightChange): Promise<LightState>;
  /** Lets it blink. */
  identify(id: string): Promise<void>;
  /** A health check, which says nothing and records what it finds. */
  check(light: Light, signal: AbortSignal): Promise<void>;
}

type Drivable = Light & { readonly link: { readonly light: LightDriver } };

export function createControl(
  { lights, queues, observer, recorder, recheck, signal }: {
    readonly lights: Pick<Lights, "find">;
    readonly queues: Pick<Queues, "run" | "runFirst">;
    readonly observer: Observer;
    readonly recorder: Pick<Recorder, "record">;
    /** Has the device checked soon, because something about it is not as it should be. */
    readonly recheck: (light: Light) => void;
    /** Aborts when the server cannot wait for devices any longer. */
    readonly signal: AbortSignal;
  },
): Control {
  const log = bindActions(recorder, deviceActions);

  const find = (id: string): Drivable => {
    const light = lights.find(id) ?? refuseMissing(id);
    if (!isDrivable(light)) {
      throw new Refusal("conflict", `Cannot switch device '${light.name}': its type has no light`);
    }
    if (!light.settings.enabled) throw new Refusal("conflict", `Cannot switch device '${light.name}': it is disabled`);
    return light;
  };

  /** Looked up again when the turn comes: it may be another one by then, or gone. */
  const inTurn = async <T>(id: string, work: (light: Drivable) => Promise<T>): Promise<T> => {
    find(id);
    return await queues.run(id, () => work(find(id)));
  };

  /** Only what the device itself said is a sign of life. */
  const answered = (light: Drivable, ms: number) => {
    if (light.provider.tells) observer.answered(light, ms);
  };

  /** The light may be deleted, disabled or moved meanwhile: whoever goes on to touch it looks whether it is still this one. */
  const look = async (light: Drivable): Promise<LightState> => {
    const reading = await light.link.light.read(signal);
    if (!reading.ok) {
      recheck(light);
      throw failureOf(`Cannot read device '${light.name}'`, reading);
    }
    answered(light, reading.ms);
    observer.saw(light, reading.state);
    return reading.state;
  };

  const change = async (light: Drivable, wanted: LightChange): Promise<LightState> => {
    if (wanted.preset !== undefined && !light.provider.capabilities.includes("preset")) {
      throw new Refusal("conflict", `Cannot choose a preset of device '${light.name}': its type has none`);
    }
    const before = await look(light);
    if (!light.current) return await change(find(light.id), wanted);
    const applied = await light.link.light.apply(wanted, before, signal);
    if (!applied.ok) {
      if (applied.sent) observer.lost(light, applied.begun ?? wanted);
      recheck(light);
      const doing = applied.sent
        ? `Cannot tell whether device '${light.name}' changed`
        : `Cannot change device '${light.name}'`;
      throw failureOf(doing, applied);
    }
    answered(light, applied.ms);
    observer.changed(light, applied.state);
    if (applied.met) return applied.state;
    // Some controllers take their time: if it shows later, it was this caller's. The rest was not sent.
    observer.lost(light, { preset: wanted.preset });
    throw new Refusal("conflict", `Device '${light.name}' has no preset ${wanted.preset}`);
  };

  const identify = async (light: Drivable): Promise<void> => {
    const before = await look(light);
    if (!light.current) return await identify(find(light.id));
    const restored = await light.link.light.identify(before, signal);
    if (!restored.ok) {
      if (restored.sent) observer.lost(light, { on: !before.on });
      recheck(light);
      throw failureOf(`Cannot make device '${light.name}' blink`, restored);
    }
    answered(light, restored.ms);
    observer.changed(light, restored.state);
    log.record("device.identified", { entityType: "device", entityId: light.id, entityName: light.name });
  };

  const check = async (light: Light, stop: AbortSignal): Promise<void> => {
    if (stop.aborted) return;
    const checked = await light.link.check(stop);
    if (stop.aborted) return;
    if (!checked.ok) return observer.failed(light, checked.reason);
    observer.answered(light, checked.ms);
    // What this server itself keeps may just be changing; whoever changes it tells.
    if (checked.state !== null && (light.provider.tells || light.state === null)) observer.saw(light, checked.state);
  };

  return {
    read: (id) => inTurn(id, look),
    change: (id, wanted) => inTurn(id, (light) => change(light, wanted)),
    identify: (id) => inTurn(id, identify),
    // Whoever only hears is not held up by being checked, nor is anybody who waits for it.
    check: (light, stop) =>
      light.provider.tells ? queues.runFirst(light.id, () => check(light, stop)) : check(light, stop),
  };
}

const isDrivable = (light: Light): light is Drivable => light.link.light !== null;

function refuseMissing(id: string): never {
  throw new Refusal("not_found", `Cannot find device "${id}"`);
}
