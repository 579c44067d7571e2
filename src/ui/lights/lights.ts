import type { Api } from "../base/api.ts";
import type { Live } from "../base/live.ts";
import type { LightState } from "../base/messages.ts";
import type { Timer } from "../base/timer.ts";
import type { Device } from "../devices/device.ts";
import { type CheckHistory, createCheckHistory } from "./check_history.ts";
import { createLastChanges, type LastChanges } from "./last_changes.ts";
import { createLightControl, type LightControl } from "./light_control.ts";
import type { LightChange } from "./light_state.ts";

/** The lights as they are handled on every view of the page. */
export interface Lights {
  of(device: Pick<Device, "id" | "state">): LightControl;
  /** What the list of devices says now. */
  loaded(devices: readonly Device[]): void;
  readonly checks: CheckHistory;
  readonly lastChanges: LastChanges;
  /** How many rows of a long list were drawn, by the path of its page. */
  readonly revealed: Map<string, number>;
  /** Forgets everything, e.g. when somebody else signs in. */
  clear(): void;
}

export interface LightsDeps {
  readonly api: Api;
  readonly live: Pick<Live, "on">;
  readonly timer: Timer;
}

export const statePath = (id: string): string => `/api/v1/devices/${encodeURIComponent(id)}/state`;

export function createLights({ api, live, timer }: LightsDeps): Lights {
  const controls = new Map<string, LightControl>();
  const checks = createCheckHistory({ live });
  const lastChanges = createLastChanges({ api, live });
  const revealed = new Map<string, number>();
  live.on((message) => {
    if (message.type === "device_state_changed") controls.get(message.device_id)?.heard(message.state);
    else if (message.type === "entity_changed" && message.change === "deleted") controls.delete(message.entity_id);
  });
  const create = (id: string, state: LightState | null) =>
    createLightControl(state, {
      send: (change: LightChange) => api.send<LightState>("PUT", statePath(id), change),
      read: () => api.get<LightState>(statePath(id)),
      timer,
    });
  return {
    of: ({ id, state }) => {
      const known = controls.get(id);
      if (known !== undefined) return known;
      const control = create(id, state);
      controls.set(id, control);
      return control;
    },
    loaded: (devices) => {
      for (const { id, state } of devices) controls.get(id)?.loaded(state);
    },
    checks,
    lastChanges,
    revealed,
    clear: () => {
      controls.clear();
      checks.clear();
      lastChanges.clear();
      revealed.clear();
    },
  };
}
