import { count } from "../base/format.ts";
import { ENTITY_VIEWS, type EntityTypeName } from "../entities/types.ts";
import { Icon } from "../parts/icon.tsx";
import { Link } from "../parts/link.tsx";
import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { listHref } from "./pages/hrefs.ts";

/** From what is shown back to where it comes from. */
const SECTIONS: readonly (readonly [title: string, types: readonly EntityTypeName[]])[] = [
  ["What is shown", ["output_target", "color_strip_source", "gradient", "sync_clock"]],
  ["Where colours come from", ["picture_source", "audio_source", "template"]],
  ["With pages of their own", ["device", "scene_preset", "scene_playlist", "automation"]],
];

/** Everything that there is besides lights: by type, with what each type is for. */
export function LibraryView(_props: ViewProps) {
  useTitle("Library");
  return (
    <>
      <header class="page-head">
        <h1>Library</h1>
      </header>
      <div class="library">
        {SECTIONS.map(([title, types]) => (
          <section key={title}>
            <h2>{title}</h2>
            <ul class="entity-rows">
              {types.map((type) => <TypeRow key={type} type={type} />)}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

function TypeRow({ type }: { readonly type: EntityTypeName }) {
  const { entities } = useUi();
  const { plural, purpose, icon } = ENTITY_VIEWS[type];
  const { items, problem } = entities.list(type).value;
  const amount = items === undefined ? (problem === undefined ? "" : "?") : count(items.length);
  return (
    <li class="entity-row">
      <Link to={listHref(type)} class="entity-link type-link">
        <Icon name={icon} />
        <span class="type-words">
          <span>{plural}</span>
          <span class="quiet-text">{purpose}</span>
        </span>
        <span class="type-count">{amount}</span>
      </Link>
    </li>
  );
}
