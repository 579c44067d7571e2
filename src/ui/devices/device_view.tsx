import type { ViewProps } from "../shell/view_props.ts";
import { DevicePage } from "./device_page.tsx";
import { NewDevice } from "./new_device.tsx";

/** One device, or the form of a new one. */
export function DeviceView({ params: { id = "" } }: ViewProps) {
  return id === "new" ? <NewDevice /> : <DevicePage id={id} />;
}
