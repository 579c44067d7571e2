import type { LightDriver } from "./driver.ts";
import { changedState, OFF } from "./kept_state.ts";
import type { LightState } from "./light_state.ts";
import type { PixelSink } from "./pixels.ts";
import type { Provider } from "./provider.ts";

const NOWHERE: PixelSink = { send: () => Promise.resolve({ ok: true }), end: () => Promise.resolve() };

/** A light that is nowhere but in this process, and always well. */
export const virtualProvider: Provider<"virtual"> = {
  type: "virtual",
  schemes: ["virtual", "http", "https"],
  mayLackUrl: true,
  capabilities: ["power", "brightness", "color", "identify"],
  tells: false,
  service: null,
  open: (_settings, _ports, before) => {
    let state = before?.state ?? OFF;
    return {
      light: createVirtualLight(() => state, (next) => state = next),
      pixels: NOWHERE,
      check: () => Promise.resolve({ ok: true, ms: 0, state }),
      kept: () => state,
      close: () => Promise.resolve(),
    };
  },
};

function createVirtualLight(state: () => LightState, become: (next: LightState) => void): LightDriver {
  const told = () => ({ ok: true, state: state(), ms: 0 }) as const;
  return {
    read: () => Promise.resolve(told()),
    apply: (change) => {
      become(changedState(state(), change));
      return Promise.resolve({ ...told(), met: true });
    },
    identify: () => Promise.resolve(told()),
  };
}
