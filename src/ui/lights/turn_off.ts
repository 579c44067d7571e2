import type { Problem } from "../base/problem.ts";
import type { Device } from "../devices/device.ts";
import type { LightControl } from "./light_control.ts";

export interface TurnedOff {
  readonly done: number;
  readonly failed: readonly { readonly device: Device; readonly problem: Problem }[];
}

/** A browser keeps six connections to a server; the rest of the page needs some of them. */
const AT_A_TIME = 3;

/** Turns the lights off, a few at a time; `progress` hears after each. */
export async function turnOff(
  devices: readonly Device[],
  controlOf: (device: Device) => Pick<LightControl, "set">,
  progress: (soFar: TurnedOff) => void,
): Promise<TurnedOff> {
  let soFar: TurnedOff = { done: 0, failed: [] };
  const rest = devices.values();
  const work = async () => {
    for (const device of rest) {
      const problem = await controlOf(device).set({ on: false });
      soFar = problem === undefined
        ? { ...soFar, done: soFar.done + 1 }
        : { ...soFar, failed: [...soFar.failed, { device, problem }] };
      progress(soFar);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return soFar;
}
