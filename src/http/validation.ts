import type { z } from "zod";
import { type FieldIssue, Refusal, type RefusalCode } from "../base/errors.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** A hostile body can hold thousands of mistakes; nobody reads more than these. */
const MOST_ISSUES = 50;
/** Unknown field names are the sender's own text. */
const LONGEST_FIELD = 200;

/** What a schema makes of a value; a `Refusal` that names each wrong field when it does not fit. */
export function parsed<S extends z.ZodType>(
  schema: S,
  value: unknown,
  otherwise: { readonly code: RefusalCode; readonly message: string },
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal(otherwise.code, otherwise.message, { issues: fieldIssues(result.error) });
}

export function fieldIssues(error: z.ZodError): readonly FieldIssue[] {
  return error.issues.flatMap((issue) => explained(issue, [])).slice(0, MOST_ISSUES);
}

/** `["stops", 1, "color"]` as `stops[1].color`; the body itself is empty. */
export function fieldPath(path: Path): string {
  const text = path.map((step, index) => stepText(step, index === 0)).join("");
  return text.length <= LONGEST_FIELD ? text : text.slice(0, LONGEST_FIELD) + "…";
}

function stepText(step: PropertyKey, first: boolean): string {
  if (typeof step === "number") return `[${step}]`;
  const name = String(step);
  if (first) return name;
  return /^[\p{L}\p{N}_$-]+$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function explained(issue: Issue, above: Path): readonly FieldIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, MOST_ISSUES).map((key) => ({
      field: fieldPath([...path, key]),
      message: "Unknown field",
    }));
  }
  const closest = issue.code === "invalid_union" ? closestBranch(issue.errors) : undefined;
  if (closest !== undefined) return closest.flatMap((inner) => explained(inner, path));
  return [{ field: fieldPath(path), message: issue.message }];
}

/** Of a union's alternatives, the one with the fewest mistakes among those that are wrong somewhere inside. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const inside = branches.filter((issues) => issues.every((issue) => issue.path.length > 0));
  return inside.toSorted((a, b) => a.length - b.length)[0];
}
