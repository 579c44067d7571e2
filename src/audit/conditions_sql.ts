import type { Filter } from "./filter.ts";
import type { Plan } from "./plan.ts";
import type { SqlValue } from "./ports.ts";

/** What SQL can say of a filter beside the range of seq: text to append to a WHERE, and its arguments. */
export interface Conditions {
  readonly sql: string;
  readonly args: readonly SqlValue[];
}

/** A filter's conditions on the rows of `activity_log`; they say everything when `plan.byColumns`. */
export function conditionsFor(plan: Plan, filter: Filter): Conditions {
  const { kinds, entities } = plan.lanes ?? {};
  const parts: readonly (Conditions | undefined)[] = [
    kinds && { sql: " AND kind IN (SELECT value FROM json_each(?))", args: [JSON.stringify(kinds)] },
    entities && { sql: " AND entity_id IN (SELECT value FROM json_each(?))", args: [JSON.stringify(entities)] },
    timeCondition(plan, filter),
  ];
  const asked = parts.filter((part) => !!part);
  return { sql: asked.map(({ sql }) => sql).join(""), args: asked.flatMap(({ args }) => args) };
}

/** The condition on time; undefined where the range of seq already says it. */
export const timeCondition = (plan: Plan, filter: Filter): Conditions | undefined =>
  plan.timeExact ? undefined : between(filter.since ?? "", filter.until ?? "~"); // "~" is above every timestamp

export const between = (since: string, until: string): Conditions => ({
  sql: " AND ts BETWEEN ? AND ?",
  args: [since, until],
});

/**
 * A narrower look for rows that hold the folded texts, in what SQLite knows of case: ASCII alone. A row with any other
 * character passes, and so does a text, because folding may join them. The entry's own test decides.
 */
export function likeConditions(folded: readonly string[]): Conditions {
  const plain = folded.filter((text) => /^[\x20-\x7e]+$/.test(text));
  const sql = " AND (entry LIKE ? ESCAPE '!' OR length(entry) < length(CAST(entry AS BLOB)))";
  return { sql: sql.repeat(plain.length), args: plain.map(patternOf) };
}

/** The text as it stands in JSON, anywhere. */
const patternOf = (text: string) => `%${JSON.stringify(text).slice(1, -1).replaceAll(/[!%_]/g, "!$&")}%`;
