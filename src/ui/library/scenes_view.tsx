import { ENTITY_VIEWS, type EntityTypeName } from "../entities/types.ts";
import { LookOnly } from "../parts/look_only.tsx";
import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { AddButton, EntityList } from "./pages/entity_list.tsx";
import { SearchBar } from "./pages/search_bar.tsx";
import { readSearch } from "./search.ts";

/** Scenes, and the playlists that put them one after another. */
export function ScenesView(_props: ViewProps) {
  useTitle("Scenes");
  return (
    <>
      <header class="page-head">
        <h1>Scenes</h1>
        <AddButton type="scene_preset" />
      </header>
      <LookOnly />
      <SearchBar type="scene_preset" />
      <List type="scene_preset" />
      <header class="page-head section-head">
        <h2>{ENTITY_VIEWS.scene_playlist.plural}</h2>
        <AddButton type="scene_playlist" />
      </header>
      <List type="scene_playlist" />
    </>
  );
}

function List({ type }: { readonly type: EntityTypeName }) {
  const { router } = useUi();
  return <EntityList type={type} search={readSearch(router.location.value.query)} />;
}
