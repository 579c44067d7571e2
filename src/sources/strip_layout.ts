import { z } from "zod";

const MOST_LEDS = 10_000;
const edge = (name: string) => z.int().min(0).max(MOST_LEDS).default(0).describe(`LEDs along the ${name} edge.`);

/** Where a strip runs around a picture, seen from the front. */
export const stripLayout = () =>
  z.strictObject({
    top: edge("top"),
    right: edge("right"),
    bottom: edge("bottom"),
    left: edge("left"),
    start_corner: z.enum(["top_left", "top_right", "bottom_right", "bottom_left"]).default("bottom_left"),
    direction: z.enum(["clockwise", "counterclockwise"]).default("clockwise"),
    offset: z.int().min(-MOST_LEDS).max(MOST_LEDS).default(0).describe("LEDs from the start corner to the first one."),
    depth: z.number().min(0.01).max(0.5).default(0.1)
      .describe("How far into the picture an LED looks, as a fraction of its height or width."),
  }).check((payload) => {
    const { top, right, bottom, left } = payload.value;
    const total = top + right + bottom + left;
    if (total >= 1 && total <= MOST_LEDS) return;
    const message = `must have 1 to ${MOST_LEDS} LEDs on its four edges together`;
    payload.issues.push({ code: "custom", input: undefined, path: [], message });
  });
