import type { Entity, EntityTypeName } from "../../entities/types.ts";

/** Where only one kind of what a reference may lead to makes sense. */
const KINDS: Readonly<Partial<Record<EntityTypeName, Readonly<Record<string, string>>>>> = {
  output_target: { template_id: "postprocessing" },
  picture_source: { template_id: "capture" },
};

/** Whether this field of such an entity is meant for that one. */
export function fitsReference(type: EntityTypeName, field: string, candidate: Entity): boolean {
  const kind = KINDS[type]?.[field];
  return kind === undefined || candidate["kind"] === kind;
}
