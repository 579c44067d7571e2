import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function DevicesView(_props: ViewProps) {
  useTitle("Devices");
  return <h1>Devices</h1>;
}
