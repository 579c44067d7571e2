import { ENTITY_VIEWS } from "../entities/types.ts";
import { LookOnly } from "../parts/look_only.tsx";
import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { AddButton, EntityList } from "./pages/entity_list.tsx";
import { SearchBar } from "./pages/search_bar.tsx";
import { readSearch } from "./search.ts";

/** What acts by itself, and when. */
export function AutomationsView(_props: ViewProps) {
  const { router } = useUi();
  const { plural } = ENTITY_VIEWS.automation;
  useTitle(plural);
  return (
    <>
      <header class="page-head">
        <h1>{plural}</h1>
        <AddButton type="automation" />
      </header>
      <LookOnly />
      <SearchBar type="automation" />
      <EntityList type="automation" search={readSearch(router.location.value.query)} />
    </>
  );
}
