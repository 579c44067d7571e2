import { mix, type Stop } from "./stops.ts";

/** Points between two stops, enough for the eye. */
const SMOOTH_POINTS = 8;

const percent = (position: number) => `${Number((position * 100).toFixed(2))}%`;
const at = (color: string, position: number) => `${color} ${percent(position)}`;

/** How a gradient looks, as a CSS image; undefined when nothing can be drawn. `stops` are by position. */
export function gradientImage(stops: readonly Stop[], interpolation: unknown): string | undefined {
  const [first] = stops;
  if (first === undefined) return undefined;
  const points = stops.flatMap((stop, index) => {
    const next = stops[index + 1];
    if (next === undefined) return [at(stop.color, stop.position)];
    if (interpolation === "step") return [at(stop.color, stop.position), at(stop.color, next.position)];
    return interpolation === "smooth" ? smooth(stop, next) : [at(stop.color, stop.position)];
  });
  return `linear-gradient(90deg, ${stops.length === 1 ? `${first.color}, ${first.color}` : points.join(", ")})`;
}

const smooth = (from: Stop, to: Stop): readonly string[] =>
  Array.from({ length: SMOOTH_POINTS }, (_, index) => {
    const share = index / SMOOTH_POINTS;
    const eased = share * share * (3 - 2 * share);
    return at(mix(from.color, to.color, eased), from.position + (to.position - from.position) * share);
  });
