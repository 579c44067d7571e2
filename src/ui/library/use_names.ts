import type { EntityTypeName } from "../entities/types.ts";
import { useUi } from "../ui.ts";
import type { NameOf } from "./summary.ts";

/** What the summaries of a type name. */
const NAMED: Readonly<Partial<Record<EntityTypeName, readonly EntityTypeName[]>>> = {
  output_target: ["device", "color_strip_source"],
  color_strip_source: ["gradient", "picture_source", "audio_source"],
  automation: ["scene_preset", "device", "audio_source"],
};

/** Names by id, as far as the summaries of this type need them; they come in when they are loaded. */
export function useNames(type: EntityTypeName): NameOf {
  const { entities } = useUi();
  const names = new Map(
    (NAMED[type] ?? []).flatMap((other) => (entities.list(other).value.items ?? []).map(({ id, name }) => [id, name])),
  );
  return (_, id) => names.get(id);
}
