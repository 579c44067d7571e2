import type { z } from "zod";
import { type FieldIssue, Refusal } from "../base/errors.ts";
import { fieldPath } from "./validation.ts";

/** Parameters as sent: one that repeats is a list, in order. */
export type RawQuery = Readonly<Record<string, string | string[]>>;

/** Reads a query string; a parameter that the schema does not name is refused. */
export function readQuery(search: string, schema: z.ZodObject | undefined): RawQuery {
  // Without a prototype, so that a parameter called `__proto__` is a name like any other.
  const raw: Record<string, string | string[]> = Object.create(null);
  if (search === "") return raw;
  const unknown = new Set<string>();
  for (const [name, value] of new URLSearchParams(search)) {
    if (schema === undefined || !Object.hasOwn(schema.shape, name)) unknown.add(name);
    else raw[name] = joined(raw[name], value);
  }
  if (unknown.size > 0) throw new Refusal("invalid", "Unknown query parameter", { issues: named(unknown) });
  return raw;
}

function joined(before: string | string[] | undefined, value: string): string | string[] {
  if (before === undefined) return value;
  if (typeof before === "string") return [before, value];
  before.push(value);
  return before;
}

function named(names: ReadonlySet<string>): readonly FieldIssue[] {
  return [...names].slice(0, 50).map((name) => ({ field: fieldPath([name]), message: "Unknown query parameter" }));
}
