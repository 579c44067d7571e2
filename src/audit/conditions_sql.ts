import { between, type Conditions, inEntities, inKinds, joined, NONE } from "./clauses_sql.ts";
import type { Filter } from "./filter.ts";
import type { Plan } from "./plan.ts";

/** A filter's conditions on the rows of `activity_log`; they say everything when `plan.byColumns`. */
export function conditionsFor(plan: Plan, filter: Filter): Conditions {
  return joined([inKinds(plan.lanes?.kinds), inEntities(plan.lanes?.entities), timeCondition(plan, filter)]);
}

/** The condition on time; none where the range of seq already says it. */
export const timeCondition = (plan: Plan, filter: Filter): Conditions =>
  plan.timeExact ? NONE : between(filter.since ?? "", filter.until ?? "~"); // "~" is above every timestamp

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
