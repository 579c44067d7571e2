import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function SettingsView(_props: ViewProps) {
  useTitle("Settings");
  return <h1>Settings</h1>;
}
