import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function LightsView(_props: ViewProps) {
  useTitle("Lights");
  return <h1>Lights</h1>;
}
