import type { z } from "zod";
import type { FieldProblem } from "./definition.ts";
import { cleanLine } from "./text.ts";

/** More than anyone reads; keeps an answer small when a body is all mistakes. */
export const MOST_PROBLEMS = 50;
const LONGEST_KEY = 64;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "an integer",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

const countedUnit = (origin: string, bound: number | bigint): string => {
  if (origin === "array") return ` ${bound === 1 ? "item" : "items"}`;
  return origin === "string" ? ` ${bound === 1 ? "character" : "characters"}` : "";
};

const bound = (origin: string, word: string, limit: number | bigint): string => {
  const unit = countedUnit(origin, limit);
  return `must ${unit === "" ? "be" : "have"} ${word} ${limit}${unit}`;
};

const choice = (values: readonly unknown[]): string =>
  values.length === 1
    ? `must be ${JSON.stringify(values[0])}`
    : `must be one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;

/** Says what a value must be. Never quotes the value: it may hold a secret. Messages in a schema go first. */
export const describeIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "is required";
      return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
    case "too_small":
      return bound(issue.origin, issue.inclusive === false ? "more than" : "at least", issue.minimum);
    case "too_big":
      return bound(issue.origin, issue.inclusive === false ? "less than" : "at most", issue.maximum);
    case "invalid_value":
      return issue.input === undefined ? "is required" : choice(issue.values);
    case "invalid_union":
      return Array.isArray(issue["options"]) ? choice(issue["options"]) : "must be one of the allowed shapes";
    case "unrecognized_keys":
      return "is not a known field";
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "invalid_format":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return "is not valid";
  }
};

/** A key as it may be shown: well-formed, on one line, cut. */
const shownKey = (key: string): string => {
  const text = cleanLine(key.slice(0, LONGEST_KEY).toWellFormed());
  return key.length > LONGEST_KEY ? `${text}…` : text;
};

/** `["stops", 1, "color"]` → `stops[1].color`. */
export const jsonPath = (path: readonly PropertyKey[]): string =>
  path.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    const key = shownKey(String(step));
    if (index === 0) return key;
    return /^[\p{L}\p{N}_$-]+$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  }).join("");

/** What zod found, as problems with a JSON path; one for each unknown key. */
export const toProblems = (issues: readonly z.core.$ZodIssue[]): readonly FieldProblem[] =>
  issues.slice(0, MOST_PROBLEMS).flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? unknownKeys(issue.path, issue.keys)
      : [{ field: jsonPath(issue.path), message: issue.message }]
  ).slice(0, MOST_PROBLEMS);

/** One problem for each key that is not known at that place. */
export const unknownKeys = (path: readonly PropertyKey[], keys: readonly string[]): readonly FieldProblem[] =>
  keys.slice(0, MOST_PROBLEMS).map((key) => ({ field: jsonPath([...path, key]), message: "is not a known field" }));
