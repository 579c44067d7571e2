import { z } from "zod";
import type { LogSettings } from "../audit/mod.ts";

const enabled = z.boolean().describe("False: nothing is recorded but what the log says of itself");
const maxDays = z.int().min(1).max(3650).nullable().describe("Older entries are removed; null: whatever their age");
const maxEntries = z.int().min(100).max(10_000_000).nullable()
  .describe("The oldest entries beyond this many are removed; null: however many");

export const SETTINGS = z.object({ enabled, max_days: maxDays, max_entries: maxEntries });

export const SETTINGS_CHANGE = z.strictObject({
  enabled: enabled.optional(),
  max_days: maxDays.optional(),
  max_entries: maxEntries.optional(),
});

export const CLEARED = z.object({ deleted: z.int().describe("Entries that were removed") });

export const toJson = ({ enabled, maxDays, maxEntries }: LogSettings): z.output<typeof SETTINGS> => ({
  enabled,
  max_days: maxDays,
  max_entries: maxEntries,
});

/** What a change names; what it leaves out stays. */
export const toSettings = (body: z.output<typeof SETTINGS_CHANGE>): Partial<LogSettings> => ({
  ...(body.enabled === undefined ? {} : { enabled: body.enabled }),
  ...(body.max_days === undefined ? {} : { maxDays: body.max_days }),
  ...(body.max_entries === undefined ? {} : { maxEntries: body.max_entries }),
});
