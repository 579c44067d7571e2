import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function AutomationsView(_props: ViewProps) {
  useTitle("Automations");
  return <h1>Automations</h1>;
}
