import { type Common, COMMON_FIELDS } from "./common.ts";
import type { EntityDefinition, FieldProblem, Fields } from "./definition.ts";
import { describeIssue, toProblems, unknownKeys } from "./problems.ts";
import { parseSecrets, type Secrets } from "./secrets.ts";

export type Parsed =
  | { readonly ok: true; readonly common: Common; readonly fields: Fields; readonly secrets: Secrets }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** An entity as it stands, without what the server writes. */
export type StoredInput = Common & { readonly fields: Fields };

/** Written by the server: a client may send back what it was answered. */
const SERVER_FIELDS = ["id", "created_at", "updated_at"];

const NOT_AN_OBJECT: Parsed = { ok: false, problems: [{ field: "", message: "must be a JSON object" }] };

const isPlainObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const pick = (from: Fields, names: readonly string[]): Fields =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(from, name)).map((name) => [name, from[name]]));

const isIgnored = (definition: EntityDefinition, key: string): boolean =>
  SERVER_FIELDS.includes(key) || Object.hasOwn(definition.status, key) ||
  definition.secrets.some((secret) => key === `has_${secret}`);

/** Validates the whole entity that would be stored: the body laid over what is there. */
function parse(definition: EntityDefinition, stored: { common: Fields; fields: Fields }, body: unknown): Parsed {
  if (!isPlainObject(body)) return NOT_AN_OBJECT;
  const commonNames = Object.keys(COMMON_FIELDS.shape);
  const fieldNames = Object.keys(definition.fields.shape);
  const known = new Set([...commonNames, ...fieldNames, ...definition.secrets]);
  const unknown = Object.keys(body).filter((key) => !known.has(key) && !isIgnored(definition, key));

  const common = COMMON_FIELDS.safeParse({ ...stored.common, ...pick(body, commonNames) }, { error: describeIssue });
  const fields = definition.fields.safeParse({ ...stored.fields, ...pick(body, fieldNames) }, { error: describeIssue });
  const secrets = parseSecrets(pick(body, definition.secrets));
  const problems = [
    ...unknownKeys([], unknown),
    ...toProblems(common.error?.issues ?? []),
    ...toProblems(fields.error?.issues ?? []),
    ...secrets.problems,
    ...fields.success ? definition.check?.(fields.data) ?? [] : [],
  ];
  if (problems.length > 0 || !common.success || !fields.success) return { ok: false, problems };
  return { ok: true, common: common.data, fields: fields.data, secrets: secrets.values };
}

/** A body to create from: fields left out get their defaults. Never throws, whatever JSON value the body is. */
export const parseCreate = (definition: EntityDefinition, body: unknown): Parsed =>
  parse(definition, { common: {}, fields: {} }, body);

/**
 * A body to update with: fields left out stay as stored, objects and lists are replaced whole, then the result is
 * validated whole. Never throws, whatever JSON value the body is.
 */
export const parseUpdate = (definition: EntityDefinition, stored: StoredInput, body: unknown): Parsed => {
  const { name, description, tags, fields } = stored;
  return parse(definition, { common: { name, description, tags }, fields }, body);
};
