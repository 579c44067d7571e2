import { type Controller, startController } from "../virtual_wled/controller.ts";
import { LIGHTS, STRANGER } from "./home.ts";
import { freeOr0 } from "./ports.ts";

/** How the lights stand before anybody touched them. */
const FIRST: Readonly<Record<string, unknown>> = {
  Shelf: { on: true, bri: 153, seg: { col: [[255, 154, 60]] } },
  Desk: { on: true, bri: 230, seg: { col: [[255, 197, 143]] } },
  Stairs: { on: false, bri: 102, seg: { col: [[213, 51, 105]] } },
  Window: { on: true, bri: 90, seg: { col: [[0, 119, 182]] } },
};

export interface LightsOptions {
  readonly firstPort: number;
  /** Whether one makes itself known on the network, which stays on this machine. */
  readonly announce: boolean;
  readonly onChange: (controller: Controller, name: string) => void;
  readonly onWarning: (message: string, name: string) => void;
}

/** Starts the controllers on this machine, from `firstPort` on; one whose port is taken gets another. */
export async function startLights({ firstPort, announce, onChange, onWarning }: LightsOptions) {
  const controllers = new Map<string, Controller>();
  try {
    for (const [index, { name, ledCount }] of [...LIGHTS, STRANGER].entries()) {
      const controller = await startController({
        name,
        ledCount,
        port: freeOr0(firstPort === 0 ? 0 : firstPort + index),
        announce: announce && name === STRANGER.name,
        onChange: (changed) => onChange(changed, name),
        onWarning: (message) => onWarning(message, name),
      });
      controllers.set(name, controller);
      controller.apply(FIRST[name]);
    }
    return controllers;
  } catch (error) {
    await Promise.all([...controllers.values()].map((controller) => controller.close()));
    throw error;
  }
}
