import { ago } from "../../base/format.ts";
import type { Entity } from "../../entities/types.ts";
import { labelOf, optionLabel } from "../form/labels.ts";

/** What the server tells about an entity, in words. */
export function statusFacts(status: readonly string[], entity: Entity, now = Date.now()): readonly string[] {
  const told = status.map((name) => factOf(name, entity[name])).filter((fact) => fact !== undefined);
  const changed = entity.updated_at === entity.created_at ? [] : [`changed ${ago(entity.updated_at, now)}`];
  return [...told, `added ${ago(entity.created_at, now)}`, ...changed];
}

function factOf(name: string, value: unknown): string | undefined {
  if (typeof value === "boolean") return value ? labelOf(name) : `Not ${labelOf(name).toLowerCase()}`;
  return typeof value === "string" && value !== "" ? optionLabel(value) : undefined;
}
