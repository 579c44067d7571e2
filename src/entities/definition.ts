import type { z } from "zod";

/** The closed set of entity types. A name added here is asked for its definition, label and icon by the compiler. */
export const ENTITY_TYPES = [
  "device",
  "output_target",
  "picture_source",
  "audio_source",
  "color_strip_source",
  "gradient",
  "sync_clock",
  "template",
  "automation",
  "scene_preset",
  "scene_playlist",
] as const;
export type EntityTypeName = typeof ENTITY_TYPES[number];

export type Fields = Readonly<Record<string, unknown>>;

/** What the world knows and a schema cannot: asked before the change enters the write lane. */
export interface Outside {
  /** The addresses that a host name has here; empty when it has none or does not answer in time. */
  resolve(host: string): Promise<readonly string[]>;
  /** Reads a JSON document from a device on the LAN within the time limit; undefined when that fails in any way. */
  readJson(url: string, limits: { readonly ms: number; readonly bytes: number }): Promise<unknown>;
}

/** A field that is not as it must be. `field` is a JSON path such as `stops[1].color`; empty for the body itself. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/**
 * One entity type. `fields` is the zod object of everything a client may write beside the common fields
 * (`name`, `description`, `tags`), with a default for whatever may be left out on create.
 */
export interface EntityDefinition<Name extends EntityTypeName = EntityTypeName> {
  readonly type: Name;
  /** Path segment under `/api/v1`, plural and in kebab case. */
  readonly path: string;
  /** Three letters before the `_` of an id. */
  readonly prefix: string;
  readonly fields: z.ZodObject;
  /** Read-only fields and their value when nothing else is known; accepted and ignored in a request. */
  readonly status: Fields;
  /** The schema of the status fields, for the API description. */
  readonly statusSchema: z.ZodObject;
  /** Names of write-only string fields (at least 1 character, null removes): answered as `has_<name>`. */
  readonly secrets: readonly string[];
  /** Rules across fields, on the whole entity as it would be stored. */
  check?(fields: Fields): readonly FieldProblem[];
  /** Fills in and refuses with the help of the world; runs before the change, on create and when `fields` changed. */
  admit?(fields: Fields, given: Fields, outside: Outside): Promise<Admission>;
}

export type Admission =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export const defineEntity = <const Name extends EntityTypeName>(definition: EntityDefinition<Name>) => definition;
