import { useEffect } from "preact/hooks";
import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";
import { asDevices, type Device } from "../devices/device.ts";
import { useUi } from "../ui.ts";

export interface UsedDevices {
  /** Undefined until they have been loaded once. */
  readonly devices: readonly Device[] | undefined;
  /** Of the last attempt. */
  readonly problem: Problem | undefined;
  readonly retry: () => void;
}

/** All devices, kept up to date; their lights are told what the list says. */
export function useDevices(): UsedDevices {
  const { entities, lights } = useUi();
  const { items, problem } = entities.list("device").value;
  const devices = items && asDevices(items);
  useEffect(() => {
    if (devices !== undefined) lights.loaded(devices);
  }, [devices]);
  const retry = () => void entities.reload("device").catch(report);
  return { devices, problem, retry };
}
