import { z } from "zod";
import { defineEntity } from "../entities/definition.ts";

/** The time that effects run on; strips with the same clock stay in step. */
export const syncClockEntity = defineEntity({
  type: "sync_clock",
  path: "sync-clocks",
  prefix: "clk",
  fields: z.strictObject({
    speed: z.number().min(0.01).max(100).default(1).describe("Seconds of the clock per second of the day."),
    running: z.boolean().default(true),
  }),
  status: {},
  statusSchema: z.object({}),
  secrets: [],
});
