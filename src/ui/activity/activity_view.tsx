import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function ActivityView(_props: ViewProps) {
  useTitle("Activity");
  return <h1>Activity</h1>;
}
