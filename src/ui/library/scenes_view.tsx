import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function ScenesView(_props: ViewProps) {
  useTitle("Scenes");
  return <h1>Scenes</h1>;
}
