import type { SqlValue } from "./ports.ts";

/** What narrows a statement beside the range of seq: text to append to a WHERE, and its arguments. */
export interface Conditions {
  readonly sql: string;
  readonly args: readonly SqlValue[];
}

export const NONE: Conditions = { sql: "", args: [] };

/** Any of these kinds; undefined does not narrow. */
export const inKinds = (kinds: readonly number[] | undefined): Conditions =>
  kinds ? { sql: " AND kind IN (SELECT value FROM json_each(?))", args: [JSON.stringify(kinds)] } : NONE;

/** About any of these entities; undefined does not narrow. */
export const inEntities = (entities: readonly string[] | undefined): Conditions =>
  entities ? { sql: " AND entity_id IN (SELECT value FROM json_each(?))", args: [JSON.stringify(entities)] } : NONE;

/** All of them, in this order. */
export const joined = (parts: readonly Conditions[]): Conditions => ({
  sql: parts.map(({ sql }) => sql).join(""),
  args: parts.flatMap(({ args }) => args),
});

export const between = (since: string, until: string): Conditions => ({
  sql: " AND ts BETWEEN ? AND ?",
  args: [since, until],
});
