import { z } from "zod";
import type { ActionDefinition, ActionList } from "../audit/mod.ts";

/** A key of an action's metadata: its JSON type or the values it may have, and whether it is always there. */
export interface DescribedKey {
  readonly key: string;
  readonly type: string;
  readonly optional: boolean;
}

/** An action as documentation and the API tell of it. */
export interface DescribedAction {
  readonly action: string;
  readonly label: string;
  readonly category: string;
  readonly severity: string;
  readonly when: string;
  readonly aboutEntity: boolean;
  readonly metadata: readonly DescribedKey[];
}

/** Every action of a catalogue, by category and name. */
export function describeActions(catalogue: ActionList): readonly DescribedAction[] {
  return Object.entries(catalogue).map(([action, definition]) => describe(action, definition))
    .sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
}

const keyOf = ({ category, action }: DescribedAction) => `${category} ${action}`;

const describe = (action: string, definition: ActionDefinition): DescribedAction => ({
  action,
  label: definition.label,
  category: definition.category,
  severity: definition.severity,
  when: definition.when,
  aboutEntity: definition.aboutEntity,
  metadata: Object.entries(definition.metadata.shape).map(([key, schema]) => ({
    key,
    // The shape of an object schema holds schemas; its type says only that they come from the library's core.
    ...describeValue(schema as z.ZodType),
  })),
});

function describeValue(schema: z.ZodType): Pick<DescribedKey, "type" | "optional"> {
  // A schema that takes nothing at all is one whose key may be left out.
  const optional = schema.safeParse(undefined).success;
  // What the library makes of a schema of scalars: a type, listed values, or several of these.
  const json = z.toJSONSchema(schema, { io: "input" }) as JsonScalar;
  return { type: typeOf(json), optional };
}

interface JsonScalar {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonScalar[];
}

const typeOf = ({ type, enum: values, anyOf }: JsonScalar): string =>
  anyOf?.map(typeOf).join(" or ") ?? values?.map((value) => JSON.stringify(value)).join(", ") ?? type ?? "any scalar";
