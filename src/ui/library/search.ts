import type { Entity } from "../entities/types.ts";

/** What is looked for in a list; empty texts look for everything. */
export interface Search {
  readonly q: string;
  readonly tag: string;
}

export const readSearch = (query: URLSearchParams): Search => ({
  q: query.get("q") ?? "",
  tag: query.get("tag") ?? "",
});

const fold = (text: string) => text.normalize("NFKC").toLowerCase();

/** Whether the name has the text, whatever its case, and the tag is one of its own. */
export const matches = ({ name, tags }: Pick<Entity, "name" | "tags">, { q, tag }: Search): boolean =>
  (tag === "" || tags.includes(tag)) && fold(name).includes(fold(q.trim()));

/** All tags in use, in their order. */
export const tagsOf = (items: readonly Pick<Entity, "tags">[]): readonly string[] =>
  [...new Set(items.flatMap(({ tags }) => tags))].toSorted((a, b) => a.localeCompare(b));
