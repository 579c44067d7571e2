/** The part of JSON Schema that the API's description uses. */
export interface Schema {
  readonly type?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly title?: string;
  readonly description?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly "x-reference"?: string;
}

interface Bodies {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
}

interface Operation {
  readonly requestBody?: Bodies;
  readonly responses?: Readonly<Record<string, Bodies>>;
}

/** The part of an OpenAPI document that forms are made from. */
export interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const JSON_TYPE = "application/json";
const COMPONENT = "#/components/schemas/";
/** Deeper than any entity; what refers to itself ends here. */
const MOST_DEPTH = 12;

/** What one sends to make an entity under this path segment, and what is answered about one; references followed. */
export function entitySchemas(description: ApiDescription, segment: string) {
  const path = `/api/v1/${segment}`;
  const sent = description.paths[path]?.["post"]?.requestBody?.content?.[JSON_TYPE]?.schema;
  const answered = description.paths[`${path}/{id}`]?.["get"]?.responses?.["200"]?.content?.[JSON_TYPE]?.schema;
  if (sent === undefined || answered === undefined) return undefined;
  return { sent: resolved(sent, description, 0), answered: resolved(answered, description, 0) };
}

function resolved(schema: Schema, description: ApiDescription, depth: number): Schema {
  if (depth > MOST_DEPTH) return {};
  const next = (inner: Schema) => resolved(inner, description, depth + 1);
  if (schema.$ref?.startsWith(COMPONENT)) {
    const { $ref, ...beside } = schema;
    return { ...next(description.components?.schemas?.[$ref.slice(COMPONENT.length)] ?? {}), ...beside };
  }
  const { properties, items, oneOf, anyOf } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, next(inner)])),
    }),
    ...(items && { items: next(items) }),
    ...(oneOf && { oneOf: oneOf.map(next) }),
    ...(anyOf && { anyOf: anyOf.map(next) }),
  };
}
