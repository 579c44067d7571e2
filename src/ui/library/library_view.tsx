import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";

export function LibraryView(_props: ViewProps) {
  useTitle("Library");
  return <h1>Library</h1>;
}
