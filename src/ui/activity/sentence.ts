import type { Entry } from "../../audit/mod.ts";
import { entityHref, isTypeName } from "../entities/types.ts";
import { phraseFor } from "./phrases.ts";
import type { Part } from "./parts.ts";

/** The entry as a sentence: who did what to which, and what tells most about it at the end. */
export function sentenceOf(entry: Entry): readonly Part[] {
  const phrase = phraseFor(entry.action);
  // A server newer than this page: its own words.
  if (phrase === undefined) return [{ kind: "actor", name: entry.actor }, { kind: "value", text: entry.message }];
  return phrase(entry).filter((part) => part !== undefined);
}

/** The same words without marks, e.g. for a title. */
export const plainSentence = (entry: Entry): string =>
  sentenceOf(entry).reduce((said, part) => said + (followsClose(part) || said === "" ? "" : " ") + plainPart(part), "");

/** Whether a piece stands right behind the one before. */
export const followsClose = (part: Part): boolean => part.kind === "text" && part.text.startsWith(",");

function plainPart(part: Part): string {
  switch (part.kind) {
    case "actor":
    case "entity":
      return part.name;
    case "text":
    case "value":
    case "note":
      return part.text;
    case "color":
      return part.hex;
  }
}

/** Where the entity of an entry is looked at; it may be gone meanwhile. */
export const hrefOf = (type: string | null, id: string | null): string | undefined =>
  type !== null && id !== null && isTypeName(type) ? entityHref(type, id) : undefined;
