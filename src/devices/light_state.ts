import { z } from "zod";
import { color } from "../entities/color.ts";

/** What a light shows. */
export const LIGHT_STATE = z.object({
  on: z.boolean(),
  brightness: z.number().min(0).max(1).describe("Three decimals; kept while the light is off"),
  color: z.string().nullable().describe("Main colour as `#rrggbb`; null where the light has none"),
  preset: z.int().nullable().describe("The preset it shows; null for none"),
});
export type LightState = Readonly<z.output<typeof LIGHT_STATE>>;

/** What somebody wants a light to show; what is left out stays as it is. */
export const LIGHT_CHANGE = z.strictObject({
  on: z.boolean().optional(),
  brightness: z.number().gt(0).max(1).optional().describe("Many lights go on when it is set"),
  color: color().optional(),
  preset: z.int().min(1).max(250).optional().describe("Chosen first; the other fields are laid over it"),
}).refine((change) => Object.values(change).some((value) => value !== undefined), {
  error: "must have at least one of on, brightness, color, preset",
});
export type LightChange = Readonly<z.output<typeof LIGHT_CHANGE>>;

/** The fields that are not as they were, with their new values. */
export type LightDifferences = Partial<LightState>;

export const LIGHT_FIELDS = ["on", "brightness", "color", "preset"] as const;

export const differencesOf = (before: LightState, after: LightState): LightDifferences =>
  Object.fromEntries(
    LIGHT_FIELDS.filter((field) => before[field] !== after[field]).map((field) => [
      field,
      after[field],
    ]),
  );

/** A device knows fewer steps of brightness than a caller: 255 of them. */
const BRIGHTNESS_STEP = 1 / 255;

/** True when at least one of the differences is what the change asked for. */
export const isPartOf = (differences: LightDifferences, change: LightChange): boolean =>
  LIGHT_FIELDS.some((field) => {
    const [found, wanted] = [differences[field], change[field]];
    if (typeof found === "number" && typeof wanted === "number" && field === "brightness") {
      return Math.abs(found - wanted) < BRIGHTNESS_STEP;
    }
    return found !== undefined && found === wanted;
  });
