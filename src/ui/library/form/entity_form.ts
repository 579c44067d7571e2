import { ENTITY_VIEWS, type EntityTypeName } from "../../entities/types.ts";
import { readFields } from "./read_fields.ts";
import { type ApiDescription, entitySchemas } from "./schema.ts";
import type { Field, Group } from "./shapes.ts";

/** How entities of a type are edited. */
export interface EntityForm {
  readonly type: EntityTypeName;
  /** Everything that can be written: the name, what is the type's own, then notes. */
  readonly fields: readonly Field[];
  readonly group: Group;
  /** Names of what the server tells and nobody writes. */
  readonly status: readonly string[];
}

const NOTES: readonly string[] = ["description", "tags"];
const SERVER_FIELDS: readonly string[] = ["id", "created_at", "updated_at"];

/** Whether the field is for people alone, and so the last to be asked for. */
export const isNote = ({ name }: Pick<Field, "name">): boolean => NOTES.includes(name);

/** Undefined when the description does not have the type. */
export function readEntityForm(description: ApiDescription, type: EntityTypeName): EntityForm | undefined {
  const schemas = entitySchemas(description, ENTITY_VIEWS[type].path);
  if (schemas === undefined) return undefined;
  const written = Object.keys(schemas.sent.properties ?? {});
  const answered = Object.keys(schemas.answered.properties ?? {});
  const secrets = written.filter((name) => answered.includes(`has_${name}`));
  const known = [...written, ...SERVER_FIELDS, ...secrets.map((name) => `has_${name}`)];
  const all = readFields(schemas.sent, secrets);
  const fields = [...all.filter((field) => !isNote(field)), ...all.filter(isNote)];
  return {
    type,
    fields,
    group: { control: "group", fields, nullable: false },
    status: answered.filter((name) => !known.includes(name)),
  };
}
