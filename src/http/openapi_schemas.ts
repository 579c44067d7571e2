import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.BaseSchema;
type Definitions = Readonly<Record<string, JsonSchema>>;

/** Whether a schema describes what is sent to us or what we answer. */
export type Direction = "input" | "output";

/** Turns zod schemas into JSON Schema (draft 2020-12) whose references all lead to the components of one document. */
export interface Schemas {
  embed(schema: z.ZodType, io: Direction): JsonSchema;
  /** A reference to the schema of answers that stands in the components under this very name. */
  share(name: string, schema: z.ZodType): JsonSchema;
  /** Every shared schema met so far, by component name. */
  components(): Definitions;
}

export function createSchemas(): Schemas {
  const components: Record<string, JsonSchema> = {};
  const names = new Map<string, string>();

  function nameFor(key: string, identity: string): string {
    const known = names.get(identity);
    if (known !== undefined) return known;
    const stem = isAnonymous(key) ? "Recursive" : key.replaceAll(/[^\w.-]/g, "_");
    const name = freeName(stem, components);
    names.set(identity, name);
    // Holds the name until the schema itself follows: definitions refer to each other.
    components[name] = {};
    return name;
  }

  const schemas: Schemas = {
    embed(schema, io) {
      const { root, definitions } = converted(schema, io);
      const renamed = new Map(
        Object.entries(definitions).map(([key, it]) => [key, nameFor(key, identityOf(key, it, definitions))]),
      );
      for (const [key, name] of renamed) components[name] = redirected(definitions[key] ?? {}, renamed);
      return redirected(root, renamed);
    },
    share(name, schema) {
      components[name] = schemas.embed(schema, "output");
      return { $ref: COMPONENTS + name };
    },
    components: () => components,
  };
  return schemas;
}

const ROOT = "__root";
const LOCAL = "#/$defs/";
const COMPONENTS = "#/components/schemas/";
const isAnonymous = (key: string) => key.startsWith("__");

function converted(schema: z.ZodType, io: Direction): { readonly root: JsonSchema; readonly definitions: Definitions } {
  const { $schema: _draft, $defs = {}, ...root } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if (io === "output" && isOpen(zodSchema._zod.def)) delete jsonSchema.additionalProperties;
    },
  });
  if (!JSON.stringify(root).includes('"$ref":"#"')) return { root, definitions: $defs };
  return { root: { $ref: LOCAL + ROOT }, definitions: { ...$defs, [ROOT]: root } };
}

/** An answer may gain fields later, so only an object declared as strict promises that there are no others. */
const isOpen = (def: z.core.$ZodTypeDef) => def.type === "object" && !("catchall" in def && def.catchall);

/** Equal definitions share a component. Names that zod made up, and references, mean something only beside the others. */
function identityOf(key: string, definition: JsonSchema, all: Definitions): string {
  const text = JSON.stringify(definition);
  return JSON.stringify([key, text, isAnonymous(key) || text.includes('"$ref"') ? all : null]);
}

function freeName(stem: string, taken: Definitions): string {
  let name = stem;
  for (let count = 2; Object.hasOwn(taken, name); count++) name = `${stem}_${count}`;
  return name;
}

/** The same schema with its local references leading to components. */
function redirected(schema: JsonSchema, names: ReadonlyMap<string, string>): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    if (key !== "$ref" || typeof value !== "string") return value;
    const local = value === "#" ? ROOT : value.slice(LOCAL.length);
    return COMPONENTS + (names.get(local) ?? local);
  });
  // The text was a JSON schema a line above, and only its reference strings have changed.
  return JSON.parse(text) as JsonSchema;
}
