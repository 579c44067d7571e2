import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function WelcomeView(_props: ViewProps) {
  useTitle("Welcome");
  return <h1>Welcome</h1>;
}
