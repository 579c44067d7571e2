import type { Reader } from "../audit/ports.ts";
import { findRelated, findTagged } from "./store.ts";

/** The entities that a filter of the log means, by what they are now: by their tag, by what they refer to. */
export const createLookups = (sql: Reader) => ({
  tagged: (tag: string, type: string | undefined) => findTagged(sql, tag, type),
  related: (id: string) => findRelated(sql, id),
});
