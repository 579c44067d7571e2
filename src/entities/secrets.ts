import type { FieldProblem, Fields } from "./definition.ts";
import { describeIssue, toProblems } from "./problems.ts";
import { exactText } from "./text.ts";

/** The secrets that a body gave: a new value, or null to remove. What was left out is not there. */
export type Secrets = Readonly<Record<string, string | null>>;

const SECRET = exactText(1024).nullable();

/** `given` has secret names only. Problems name the secret and never show it. */
export function parseSecrets(given: Fields): { readonly values: Secrets; readonly problems: readonly FieldProblem[] } {
  const values: Record<string, string | null> = {};
  const problems: FieldProblem[] = [];
  for (const [name, value] of Object.entries(given)) {
    const parsed = SECRET.safeParse(value, { error: describeIssue });
    if (parsed.success) values[name] = parsed.data;
    else problems.push(...toProblems(parsed.error.issues.map((issue) => ({ ...issue, path: [name] }))));
  }
  return { values, problems };
}
