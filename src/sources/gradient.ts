import { z } from "zod";
import { color } from "../entities/color.ts";
import { defineEntity } from "../entities/definition.ts";

const stop = z.strictObject({ position: z.number().min(0).max(1), color: color() });

/** A run of colours. Stops may come in any order; two at one position make a hard edge. */
export const gradientEntity = defineEntity({
  type: "gradient",
  path: "gradients",
  prefix: "grd",
  fields: z.strictObject({
    stops: z.array(stop).min(2).max(64)
      .default([{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }]),
    interpolation: z.enum(["linear", "smooth", "step"]).default("linear").describe("How colours pass into each other."),
  }),
  status: {},
  statusSchema: z.object({}),
  secrets: [],
});
