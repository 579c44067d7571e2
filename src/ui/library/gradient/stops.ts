import { isValues, type Values } from "../form/shapes.ts";

export interface Stop {
  readonly position: number;
  readonly color: string;
}

const COLOR = /^#[0-9a-f]{6}$/i;

const isStop = (value: unknown): value is Values & Stop =>
  isValues(value) && typeof value["position"] === "number" && typeof value["color"] === "string" &&
  COLOR.test(value["color"]);

/** Those of a draft that can be drawn, by position. */
export const drawableStops = (stops: unknown): readonly Stop[] =>
  Array.isArray(stops) ? stops.filter(isStop).toSorted((a, b) => a.position - b.position) : [];

/** By position; what has none stays last, and equals stay as they were. */
export const sortedStops = (stops: readonly unknown[]): readonly unknown[] =>
  stops.toSorted((a, b) => positionOf(a) - positionOf(b));

/** A gradient shows its stops in the order in which the light meets them. */
export const inOrder = (draft: Values): Values => {
  const stops = draft["stops"];
  return Array.isArray(stops) ? { ...draft, stops: sortedStops(stops) } : draft;
};

const positionOf = (stop: unknown): number => {
  const position = isValues(stop) ? stop["position"] : undefined;
  return typeof position === "number" ? position : Number.MAX_VALUE;
};

/** A new stop in the middle of the widest gap, in the colour that is there already; and where it belongs. */
export function stopBetween(stops: readonly Stop[]): Stop {
  const [first] = stops;
  const last = stops.at(-1);
  if (first === undefined || last === undefined) return { position: 0, color: "#ffffff" };
  const gaps = [
    { from: { ...first, position: 0 }, to: first },
    ...stops.slice(1).map((to, at) => ({ from: stops[at] ?? first, to })),
    { from: last, to: { ...last, position: 1 } },
  ];
  const widest = gaps.reduce((best, gap) => width(gap) > width(best) ? gap : best);
  const position = Number(((widest.from.position + widest.to.position) / 2).toFixed(3));
  return { position, color: mix(widest.from.color, widest.to.color, 0.5) };
}

const width = ({ from, to }: { readonly from: Stop; readonly to: Stop }) => to.position - from.position;

const channel = (color: string, at: number) => Number.parseInt(color.slice(at, at + 2), 16);

/** Between two colours, channel by channel. */
export function mix(from: string, to: string, share: number): string {
  const channels = [1, 3, 5].map((at) => Math.round(channel(from, at) + (channel(to, at) - channel(from, at)) * share));
  return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
