import { z } from "zod";
import { COMMON_FIELDS } from "../entities/common.ts";
import { COUNTS, ITEM_ERROR } from "../http/batch.ts";
import { deviceIds } from "./batch_schemas.ts";
import { deviceEntity } from "./entity.ts";

/** What makes a device that very one. */
const OWN_FIELDS = ["name", "url", "device_type"];

/** Optional without its default: what is left out stays as it is. */
function changed(field: z.core.$ZodType): z.ZodType {
  // Every field of an entity is made with zod's classic classes, which its type here does not tell.
  const schema = field as z.ZodType;
  const inner = schema instanceof z.ZodDefault ? schema.unwrap() as z.ZodType : schema;
  const optional = inner.optional();
  return schema.description === undefined ? optional : optional.describe(schema.description);
}

const FIELDS = z.strictObject(Object.fromEntries(
  Object.entries({ ...COMMON_FIELDS.shape, ...deviceEntity.fields.shape })
    .filter(([name]) => !OWN_FIELDS.includes(name))
    .map(([name, field]) => [name, changed(field)] as const),
));

const tags = () => COMMON_FIELDS.shape.tags.unwrap().optional();

export const BULK_EDIT = z.strictObject({
  ids: deviceIds(500),
  fields: FIELDS.optional().describe("What all of them shall have; what is left out stays as it is"),
  add_tags: tags().describe("Each device gets those of these that it does not have"),
  remove_tags: tags(),
}).refine(({ fields, add_tags, remove_tags }) => [fields, add_tags, remove_tags].some(hasAny), {
  error: "must change at least one thing",
}).refine(({ add_tags = [], remove_tags = [] }) => !add_tags.some((tag) => remove_tags.includes(tag)), {
  path: ["remove_tags"],
  error: "must not have a tag that is added",
});

const hasAny = (part: object | undefined) => part !== undefined && Object.keys(part).length > 0;

/** What many devices shall have in common. */
export type BulkEdit = Readonly<Omit<z.output<typeof BULK_EDIT>, "ids">>;

const item = { id: z.string(), name: z.string().nullable() };
export const BULK_EDITED = z.object({
  items: z.array(z.discriminatedUnion("ok", [
    z.object({ ...item, ok: z.literal(true), changed: z.boolean() }),
    z.object({ ...item, ok: z.literal(false), error: ITEM_ERROR }),
  ])),
  ...COUNTS,
});
