import type { EntityTypeName } from "../../entities/types.ts";
import type { Values } from "../form/shapes.ts";
import { playlistLength } from "../summary.ts";
import { GradientStrip } from "../gradient/gradient_strip.tsx";

/** What the draft comes to, where that can be seen at a glance. */
export function TypePreview({ type, draft }: { readonly type: EntityTypeName; readonly draft: Values }) {
  if (type === "gradient") return <GradientStrip gradient={draft} />;
  if (type === "scene_playlist") return <p class="quiet-text">{playlistLength(draft)}</p>;
  return null;
}
