import { z } from "zod";
import { COMMON_FIELDS } from "./common.ts";
import type { EntityDefinition } from "./definition.ts";

const secretInput = z.string().min(1).max(1024).nullable().optional()
  .describe("Write-only: never answered. Left out: unchanged; null: removed.");

/** Describes a body without validating it: entities are validated by the service, against what is stored. */
const described = (schema: z.ZodObject, required: readonly string[] | undefined) => {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io: "input" });
  return z.unknown().meta({ ...shape, ...(required ? { required: [...required] } : { required: [] }) });
};

/** The shapes of one entity type on the wire, from its definition. */
export function entitySchemas(definition: EntityDefinition) {
  const input = z.object({
    ...COMMON_FIELDS.shape,
    ...definition.fields.shape,
    ...Object.fromEntries(definition.secrets.map((name) => [name, secretInput])),
  });
  const entity = z.object({
    id: z.string(),
    ...COMMON_FIELDS.shape,
    ...definition.fields.shape,
    ...definition.statusSchema.shape,
    ...Object.fromEntries(definition.secrets.map((name) => [`has_${name}`, z.boolean()])),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  });
  const required = z.toJSONSchema(input, { io: "input" }).required ?? [];
  return {
    create: described(input, required),
    update: described(input, undefined),
    entity,
    list: z.object({ items: z.array(entity), total: z.int() }),
  };
}

/** The versions an `If-Match` header allows; undefined when it allows any, empty when it can match none. */
export function parseIfMatch(header: string | null): readonly number[] | undefined {
  if (header === null || header.trim() === "*") return undefined;
  return header.split(",").flatMap((tag) => {
    const version = /^\s*"(\d{1,15})"\s*$/.exec(tag)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
}
