import { html } from "hono/html";
import type { JsonSchema } from "./openapi_schemas.ts";

/** Escaped by construction: every value that enters a template is text, unless it is Markup itself. */
export type Markup = ReturnType<typeof html>;

const NAMED = "#/components/schemas/";

/** A schema as a reader wants it: what it is in a line, then its fields, folded away where they have fields again. */
export function schemaView(schema: JsonSchema): Markup {
  const inner = objectsIn(schema).map(fieldList);
  return html`<p class="kind">${kindOf(schema)}${limitsOf(schema)}</p>${inner}`;
}

export const typeAnchor = (name: string) => `type-${name}`;

function fieldList(schema: JsonSchema): Markup {
  const required = new Set(schema.required);
  const items = Object.entries(schema.properties ?? {}).map(([name, field]) =>
    fieldItem(name, schemaOf(field), required.has(name))
  );
  return html`<ul class="fields">${items}</ul>`;
}

export function fieldItem(name: string, schema: JsonSchema, required: boolean): Markup {
  const inner = objectsIn(schema);
  const folded = inner.length > 0 && html`<details><summary>Fields</summary>${inner.map(fieldList)}</details>`;
  return html`<li>
    <code class="name">${name}</code> <span class="kind">${kindOf(schema)}${limitsOf(schema)}</span>
    ${required && html`<span class="required">required</span>`}
    ${schema.description && html`<p>${schema.description}</p>`}${folded}
  </li>`;
}

/** JSON Schema allows `true` and `false` as schemas: anything, and nothing. */
function schemaOf(schema: JsonSchema | boolean): JsonSchema {
  return typeof schema === "boolean" ? (schema ? {} : { not: {} }) : schema;
}

/** The objects with fields that stand directly in a schema, in its list or among its alternatives. */
function objectsIn(schema: JsonSchema): readonly JsonSchema[] {
  if (schema.properties !== undefined) return [schema];
  return [...itemsOf(schema), ...alternativesOf(schema), ...(schema.allOf ?? []).map(schemaOf), ...valuesOf(schema)]
    .flatMap(objectsIn);
}

function itemsOf({ items, prefixItems = [] }: JsonSchema): readonly JsonSchema[] {
  const rest = items === undefined ? [] : Array.isArray(items) ? items : [items];
  return [...prefixItems, ...rest].map(schemaOf);
}

const alternativesOf = ({ anyOf, oneOf }: JsonSchema) => (anyOf ?? oneOf ?? []).map(schemaOf);

function valuesOf({ additionalProperties: values }: JsonSchema): readonly JsonSchema[] {
  return typeof values === "object" && Object.keys(values).length > 0 ? [values] : [];
}

function kindOf(schema: JsonSchema): Markup {
  if (schema.$ref !== undefined) return namedType(schema.$ref.slice(NAMED.length));
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum !== undefined) return between(schema.enum.map((one) => html`<code>${JSON.stringify(one)}</code>`));
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return between(alternatives.map((one) => html`${kindOf(one)}${limitsOf(one)}`));
  const [values] = valuesOf(schema);
  if (values !== undefined && schema.properties === undefined) return html`object of ${kindOf(values)}`;
  if (schema.type === "array") return html`list of ${between(itemsOf(schema).map(kindOf))}`;
  return html`${schema.type ?? "any value"}`;
}

const namedType = (name: string) => html`<a href="#${typeAnchor(name)}">${name}</a>`;

const between = (kinds: readonly Markup[]) =>
  html`${
    kinds.map((kind, at) =>
      at === 0 ? kind : html`
        or ${kind}
      `
    )
  }`;

function limitsOf(schema: JsonSchema): string {
  const limits = [
    range(schema.minimum, schema.maximum, ""),
    schema.exclusiveMinimum === undefined ? "" : `above ${schema.exclusiveMinimum}`,
    schema.exclusiveMaximum === undefined ? "" : `below ${schema.exclusiveMaximum}`,
    range(schema.minLength, schema.maxLength, " characters"),
    range(schema.minItems, schema.maxItems, " items"),
    schema.format ?? "",
    schema.default === undefined ? "" : `default ${JSON.stringify(schema.default)}`,
  ].filter((limit) => limit !== "");
  return limits.length === 0 ? "" : `, ${limits.join(", ")}`;
}

/** Bounds that every integer has anyway say nothing. */
function range(least: number | undefined, most: number | undefined, unit: string): string {
  const low = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least;
  const high = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  if (low !== undefined && high !== undefined) return `${low} to ${high}${unit}`;
  if (low !== undefined) return `at least ${low}${unit}`;
  return high === undefined ? "" : `at most ${high}${unit}`;
}
