import type { Values } from "../form/shapes.ts";
import { gradientImage } from "./css.ts";
import { drawableStops } from "./stops.ts";

/** A gradient as it looks. */
export function GradientStrip({ gradient, small = false }: { readonly gradient: Values; readonly small?: boolean }) {
  const stops = drawableStops(gradient["stops"]);
  const image = gradientImage(stops, gradient["interpolation"]);
  return (
    <div
      class={small ? "gradient gradient-small" : "gradient"}
      role="img"
      aria-label={`From ${stops[0]?.color ?? "nothing"} to ${stops.at(-1)?.color ?? "nothing"}`}
      {...(image === undefined ? {} : { style: { backgroundImage: image } })}
    />
  );
}
