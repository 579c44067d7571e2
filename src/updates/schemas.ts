import { z } from "zod";
import { CHANNELS } from "./manifest.ts";

export const STATES = ["idle", "checking", "available", "downloading", "ready", "applied"] as const;

export const UPDATE_SETTINGS = z.object({
  check_daily: z.boolean().describe("Whether the server looks for a new version once a day by itself"),
  channel: z.enum(CHANNELS).describe("`pre` also offers versions that are not yet meant for everybody"),
});

/** What is left out stays as it is. */
export const UPDATE_SETTINGS_CHANGE = z.strictObject(UPDATE_SETTINGS.shape).partial();

export const UPDATE_STATUS = z.object({
  supported: z.boolean().describe("Whether this server can update itself"),
  reason: z.string().nullable().describe("Why it cannot, as a sentence"),
  state: z.enum(STATES),
  version: z.string().describe("The version that runs"),
  available: z.object({
    version: z.string(),
    notes: z.string(),
    released_at: z.iso.datetime(),
    size: z.int().describe("Bytes to fetch"),
  }).nullable(),
  dismissed: z.boolean().describe("Whether somebody did not want to be told of the available version"),
  progress: z.object({ received: z.int(), total: z.int() }).nullable().describe("Bytes, while the file comes"),
  checked_at: z.iso.datetime().nullable().describe("When it was last looked for a version since the start"),
  problem: z.string().nullable().describe("Why the last step failed, as a sentence"),
});

export type UpdateState = typeof STATES[number];
export type UpdateStatus = z.output<typeof UPDATE_STATUS>;
export type UpdateSettings = z.output<typeof UPDATE_SETTINGS>;
/** As the body of a request leaves things out. */
export type UpdateSettingsChange = z.output<typeof UPDATE_SETTINGS_CHANGE>;

export const DEFAULT_UPDATE_SETTINGS: UpdateSettings = { check_daily: true, channel: "stable" };
