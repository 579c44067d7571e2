import type { EntityTypeName } from "../../entities/types.ts";
import type { Field, Values } from "./shapes.ts";

/** Of the fields that only some kinds read: which those are. What is not named is for every kind. */
const READ_BY: Readonly<Partial<Record<EntityTypeName, Readonly<Record<string, readonly string[]>>>>> = {
  color_strip_source: {
    color: ["static", "effect", "audio", "push"],
    gradient_id: ["gradient", "effect", "audio"],
    effect: ["effect"],
    picture_source_id: ["picture"],
    audio_source_id: ["audio"],
    sync_clock_id: ["gradient", "effect", "audio"],
    speed: ["gradient", "effect"],
    intensity: ["effect"],
    audio_display: ["audio"],
    hold_seconds: ["push"],
    layout: ["picture"],
  },
  picture_source: { password: ["ffmpeg"] },
  audio_source: { password: ["ffmpeg"] },
};

/** Whether the chosen kind reads the field; the others may stay set. */
export function isRead(type: EntityTypeName, field: Field, draft: Values): boolean {
  const kinds = READ_BY[type]?.[field.name];
  const kind = draft["kind"];
  return kinds === undefined || typeof kind !== "string" || kinds.includes(kind);
}
