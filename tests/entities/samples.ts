import type { EntityTypeName, FieldProblem } from "../../src/entities/definition.ts";
import { parseCreate, type Parsed, parseUpdate } from "../../src/entities/input.ts";
import { ENTITY_DEFINITIONS } from "../../src/entity_types.ts";

type Body = Readonly<Record<string, unknown>>;

/** The least that creates an entity of each type. */
export const MINIMAL: Readonly<Record<EntityTypeName, Body>> = {
  device: { name: "Desk", device_type: "virtual" },
  output_target: { name: "Desk" },
  picture_source: { name: "Desk", kind: "test_pattern" },
  audio_source: { name: "Desk", kind: "test_tone" },
  color_strip_source: { name: "Desk", kind: "static" },
  gradient: { name: "Desk" },
  sync_clock: { name: "Desk" },
  template: { name: "Desk", kind: "capture" },
  automation: { name: "Desk" },
  scene_preset: { name: "Desk" },
  scene_playlist: { name: "Desk" },
};

/** An id that is well-formed; `digit` tells several apart. */
export const anId = (prefix: string, digit = "0") => `${prefix}_${digit.repeat(26)}`;

export const create = (type: EntityTypeName, body: Body): Parsed =>
  parseCreate(ENTITY_DEFINITIONS[type], { ...MINIMAL[type], ...body });

/** What was created; fails loudly when it was refused. */
export function created(type: EntityTypeName, body: Body = {}) {
  const parsed = create(type, body);
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.problems)}`);
  return parsed;
}

/** Updates what was created from `before` with `body`. */
export function update(type: EntityTypeName, before: Body, body: unknown): Parsed {
  const { common, fields } = created(type, before);
  return parseUpdate(ENTITY_DEFINITIONS[type], { ...common, fields }, body);
}

export const problemsOf = (parsed: Parsed): readonly FieldProblem[] => parsed.ok ? [] : parsed.problems;
export const wrongFields = (parsed: Parsed): readonly string[] => problemsOf(parsed).map(({ field }) => field);
