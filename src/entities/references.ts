import { z } from "zod";
import { ENTITY_TYPES, type EntityDefinition, type EntityTypeName, type Fields } from "./definition.ts";
import { jsonPath } from "./problems.ts";

/** One use of another entity. `path` is a JSON path such as `items[0].scene_preset_id`. */
export interface FoundReference {
  readonly path: string;
  readonly type: EntityTypeName;
  readonly id: string;
}

type Path = readonly PropertyKey[];
type Find = (value: unknown, path: Path) => readonly FoundReference[];
type Schema = z.core.JSONSchema.BaseSchema;

const nothing: Find = () => [];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const markOf = (schema: Schema): EntityTypeName | undefined =>
  ENTITY_TYPES.find((type) => type === schema["x-reference"]);

/** Follows properties; a variant of a union whose constants differ from the value is not the one that holds. */
function findInProperties(properties: Readonly<Record<string, z.core.JSONSchema._JSONSchema>>): Find {
  const finders = Object.entries(properties).map(([key, schema]) => [key, finderOf(schema)] as const)
    .filter(([, find]) => find !== nothing);
  const constants = Object.entries(properties).flatMap(([key, schema]) =>
    typeof schema === "object" && schema.const !== undefined ? [[key, schema.const] as const] : []
  );
  if (finders.length === 0) return nothing;
  return (value, path) =>
    !isRecord(value) || constants.some(([key, constant]) => value[key] !== constant)
      ? []
      : finders.flatMap(([key, find]) => Object.hasOwn(value, key) ? find(value[key], [...path, key]) : []);
}

function finderOf(schema: z.core.JSONSchema._JSONSchema): Find {
  if (typeof schema === "boolean") return nothing;
  if (schema.$ref !== undefined) {
    throw new Error(`Cannot find references behind ${schema.$ref}: schemas must not recur`);
  }
  const type = markOf(schema);
  if (type !== undefined) {
    return (value, path) => typeof value === "string" ? [{ path: jsonPath(path), type, id: value }] : [];
  }
  const finders = [
    ...[...schema.anyOf ?? [], ...schema.oneOf ?? [], ...schema.allOf ?? []].map(finderOf),
    ...schema.properties === undefined ? [] : [findInProperties(schema.properties)],
    ...schema.items === undefined || Array.isArray(schema.items) ? [] : [findInItems(finderOf(schema.items))],
  ].filter((find) => find !== nothing);
  if (finders.length === 0) return nothing;
  return (value, path) => finders.flatMap((find) => find(value, path));
}

const findInItems = (find: Find): Find =>
  find === nothing
    ? nothing
    : (value, path) =>
      Array.isArray(value) ? value.flatMap((item: unknown, index) => find(item, [...path, index])) : [];

/**
 * Reads the marks of `reference()` out of the schema once; the function it returns lists every reference in some fields
 * that is not null, in the order of the schema, lists included.
 */
export function findReferences(definition: Pick<EntityDefinition, "fields">) {
  const find = finderOf(z.toJSONSchema(definition.fields, { io: "input" }));
  return (fields: Fields): readonly FoundReference[] => find(fields, []);
}
