import { report } from "../base/report.ts";
import type { Device } from "../devices/device.ts";
import { useUi } from "../ui.ts";
import type { LightControl } from "./light_control.ts";
import type { LightChange } from "./light_state.ts";
import { refusalWords } from "./light_words.ts";

export interface UsedLight {
  readonly control: LightControl;
  /** Sets it, and says so when it stays as it was. */
  set(change: LightChange): void;
}

/** The light of a device, to handle. */
export function useLight(device: Device): UsedLight {
  const { lights, notices } = useUi();
  const control = lights.of(device);
  const set = async (change: LightChange) => {
    const problem = await control.set(change);
    if (problem !== undefined) notices.say(refusalWords(device.name, problem), "error");
  };
  return { control, set: (change) => void set(change).catch(report) };
}
