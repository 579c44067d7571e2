import type { Entry } from "../../audit/mod.ts";
import { ENTITY_VIEWS, isTypeName } from "../entities/types.ts";

/** A piece of a sentence. Names and values are texts that others chose. */
export type Part =
  | { readonly kind: "actor"; readonly name: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "entity"; readonly type: string | null; readonly id: string | null; readonly name: string }
  | { readonly kind: "value"; readonly text: string }
  /** What is said aside, e.g. an address. */
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "color"; readonly hex: string };

/** Says an entry of one action; pieces that do not apply are undefined. */
export type Phrase = (entry: Entry) => readonly (Part | undefined)[];

export const who = ({ actor }: Entry): Part => ({ kind: "actor", name: actor });
export const say = (text: string): Part => ({ kind: "text", text });

export const which = (entry: Entry): Part => ({
  kind: "entity",
  type: entry.entity_type,
  id: entry.entity_id,
  name: entry.entity_name ?? entry.entity_id ?? "something",
});

/** `color strip`, as within a sentence. */
export const typeWord = ({ entity_type: type }: Entry): string =>
  type === null ? "something" : (isTypeName(type) ? ENTITY_VIEWS[type].label : type.replaceAll("_", " ")).toLowerCase();

/** A value of the metadata as text; undefined when it is not there. */
export const textIn = ({ metadata }: Entry, key: string): string | undefined => {
  const value = metadata[key];
  return value === undefined || value === null ? undefined : String(value);
};

export const numberIn = ({ metadata }: Entry, key: string): number | undefined => {
  const value = metadata[key];
  return typeof value === "number" ? value : undefined;
};

export const value = (text: string | undefined): Part | undefined =>
  text === undefined ? undefined : { kind: "value", text };

export const note = (text: string | undefined): Part | undefined =>
  text === undefined ? undefined : { kind: "note", text };
