import { isTypeName } from "../../entities/types.ts";
import { helpOf, labelOf, unitOf } from "./labels.ts";
import type { Schema } from "./schema.ts";
import type { Field, Shape, Variant } from "./shapes.ts";

/** A pattern that takes the first and not the second is one of these. */
const COLOR = ["#12abEF", "12abEF"] as const;
const CLOCK = ["07:30", "7:30"] as const;
/** Longer texts than this have several lines. */
const LONG = 2000;
const LISTS_OF_WORDS: readonly string[] = ["tags"];

/** The fields of an object, in the order of its schema. `secrets` are the names of what is written and never read. */
export function readFields(schema: Schema, secrets: readonly string[] = []): readonly Field[] {
  const properties = schema.properties ?? {};
  const kinds = choicesOf(properties["kind"]);
  return Object.entries(properties).map(([name, property]) => {
    const shape: Shape = secrets.includes(name) ? { control: "secret" } : readShape(name, property, kinds);
    return {
      name,
      label: labelOf(name),
      help: helpOf(name, property.description ?? ""),
      unit: unitOf(name),
      start: startFor(shape, property),
      shape,
    };
  });
}

const startFor = (shape: Shape, { default: start }: Schema): unknown => {
  if (start !== undefined) return start;
  if (shape.control === "choice") return shape.options[0];
  return shape.control === "reference" && shape.nullable ? null : undefined;
};

const choicesOf = (schema: Schema | undefined): readonly string[] =>
  (schema?.enum ?? []).filter((option): option is string => typeof option === "string");

/** A schema that also allows null, without that. */
function withoutNull(schema: Schema): { readonly inner: Schema; readonly nullable: boolean } {
  const others = (schema.anyOf ?? []).filter(({ type }) => type !== "null");
  const [inner] = others;
  const nullable = schema.anyOf !== undefined && others.length < schema.anyOf.length;
  return nullable && others.length === 1 && inner !== undefined
    ? { inner, nullable }
    : { inner: schema, nullable: false };
}

function readShape(name: string, schema: Schema, kinds: readonly string[]): Shape {
  const { inner, nullable } = withoutNull(schema);
  return readVariants(inner, kinds) ?? readByType(name, inner, nullable) ?? { control: "json" };
}

function readVariants({ oneOf, anyOf }: Schema, kinds: readonly string[]): Shape | undefined {
  const all = oneOf ?? anyOf ?? [];
  if (all.length === 0) return undefined;
  const inside = all.map((one) => one.properties?.["kind"]?.const);
  if (inside.every((kind) => typeof kind === "string")) {
    return {
      control: "variants",
      by: "kind",
      inside: true,
      variants: all.map((one, at) => variant(`${inside[at]}`, one)),
    };
  }
  const titles = all.map(({ title }) => title ?? "");
  return titles.every((title) => kinds.includes(title))
    ? { control: "variants", by: "kind", inside: false, variants: all.map((one, at) => variant(titles[at] ?? "", one)) }
    : undefined;
}

const variant = (name: string, schema: Schema): Variant => ({
  name,
  fields: readFields(schema).filter((field) => schema.properties?.[field.name]?.const === undefined),
});

function readByType(name: string, schema: Schema, nullable: boolean): Shape | undefined {
  switch (schema.type) {
    case "string":
      return readText(schema, nullable);
    case "number":
    case "integer":
      return readNumber(schema, nullable);
    case "boolean":
      return nullable ? undefined : { control: "flag" };
    case "object":
      return schema.properties && { control: "group", fields: readFields(schema), nullable };
    case "array":
      return nullable ? undefined : readList(name, schema);
    default:
      return undefined;
  }
}

function readText(schema: Schema, nullable: boolean): Shape | undefined {
  const type = schema["x-reference"];
  if (type !== undefined && isTypeName(type)) return { control: "reference", type, nullable };
  if (schema.enum !== undefined) return nullable ? undefined : { control: "choice", options: choicesOf(schema) };
  if (!nullable && tells(schema, COLOR)) return { control: "color" };
  if (!nullable && tells(schema, CLOCK)) return { control: "time" };
  return { control: "text", lines: (schema.maxLength ?? 0) >= LONG && !nullable, nullable };
}

function tells({ pattern }: Schema, [right, wrong]: readonly [right: string, wrong: string]): boolean {
  if (pattern === undefined) return false;
  const test = new RegExp(pattern, "u");
  return test.test(right) && !test.test(wrong);
}

function readNumber({ type, minimum, maximum }: Schema, nullable: boolean): Shape {
  const whole = type === "integer";
  if (!whole && !nullable && minimum === 0 && maximum === 1) return { control: "share" };
  return {
    control: "number",
    whole,
    nullable,
    ...(minimum === undefined ? {} : { least: minimum }),
    ...(maximum === undefined ? {} : { most: maximum }),
  };
}

function readList(name: string, { items, minItems = 0, maxItems = Infinity }: Schema): Shape | undefined {
  if (items === undefined) return undefined;
  if (items.enum !== undefined) return { control: "choices", options: choicesOf(items) };
  if (LISTS_OF_WORDS.includes(name)) return { control: "words" };
  return { control: "list", item: readShape("", items, []), least: minItems, most: maxItems };
}
