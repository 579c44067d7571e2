import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function DeviceView(_props: ViewProps) {
  useTitle("Device");
  return <h1>Device</h1>;
}
