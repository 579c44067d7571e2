import { ENTITY_VIEWS, type EntityTypeName, typeOfPath } from "../entities/types.ts";
import { Icon } from "../parts/icon.tsx";
import { Link } from "../parts/link.tsx";
import { LookOnly } from "../parts/look_only.tsx";
import { useTitle } from "../parts/use_title.ts";
import { NotFound } from "../shell/not_found.tsx";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { AddButton, EntityList } from "./pages/entity_list.tsx";
import { Redirect } from "./pages/redirect.tsx";
import { SearchBar } from "./pages/search_bar.tsx";
import { readSearch } from "./search.ts";

/** All entities of a type. */
export function TypeView({ params }: ViewProps) {
  const type = typeOfPath(params["type"] ?? "");
  if (type === undefined) return <NotFound />;
  if (type === "device") return <Redirect to="/devices" />;
  return <OfType type={type} />;
}

function OfType({ type }: { readonly type: EntityTypeName }) {
  const { router } = useUi();
  const { plural, purpose } = ENTITY_VIEWS[type];
  useTitle(plural);
  return (
    <>
      <header class="page-head">
        <div>
          <p>
            <Link to="/library" class="back">
              <Icon name="back" /> Library
            </Link>
          </p>
          <h1>{plural}</h1>
          <p class="quiet-text">{purpose}</p>
        </div>
        <AddButton type={type} />
      </header>
      <LookOnly />
      <SearchBar type={type} />
      <EntityList type={type} search={readSearch(router.location.value.query)} />
    </>
  );
}
