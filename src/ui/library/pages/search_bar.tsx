import { withQuery } from "../../base/api.ts";
import type { EntityTypeName } from "../../entities/types.ts";
import { useUi } from "../../ui.ts";
import { readSearch, type Search, tagsOf } from "../search.ts";

/** Narrows a list by name and tag; the address tells both. */
export function SearchBar({ type }: { readonly type: EntityTypeName }) {
  const { router, entities } = useUi();
  const search = readSearch(router.location.value.query);
  const tags = tagsOf(entities.list(type).value.items ?? []);
  const show = (change: Partial<Search>) =>
    router.go(withQuery(router.path.peek(), { ...search, ...change }), { replace: true });
  return (
    <div class="search-bar" role="search">
      <input
        type="search"
        aria-label="Search by name"
        placeholder="Search by name"
        value={search.q}
        onInput={(event) => show({ q: event.currentTarget.value })}
      />
      {(tags.length > 0 || search.tag !== "") && (
        <select
          aria-label="Tag"
          onChange={(event) => show({ tag: event.currentTarget.value })}
        >
          <option value="" selected={search.tag === ""}>Any tag</option>
          {(tags.includes(search.tag) || search.tag === "" ? tags : [search.tag, ...tags]).map((tag) => (
            <option key={tag} value={tag} selected={tag === search.tag}>{tag}</option>
          ))}
        </select>
      )}
    </div>
  );
}
