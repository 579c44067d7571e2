import { z } from "zod";
import { noRepeats } from "../entities/unique.ts";
import { COUNTS, ITEM_ERROR } from "../http/batch.ts";
import { OFFLINE_REASONS } from "./device_http.ts";
import { LIGHT_CHANGE, LIGHT_STATE } from "./light_state.ts";

/** Ids of devices, each once. */
export const deviceIds = (most: number) =>
  z.array(z.string().min(1).max(64)).min(1).max(most).check(noRepeats((id) => id));

const MOST_STATES = 1000;

export const STATES_QUERY = z.object({
  ids: z.preprocess(
    (given) => [given].flat().flatMap((text) => typeof text === "string" ? text.split(",") : [text]),
    deviceIds(MOST_STATES),
  ).optional().describe("Only these, as far as they exist; repeat or separate by commas"),
});

/** What is known of a light without asking it. */
export const KNOWN_STATUS = {
  online: z.boolean().nullable(),
  latency_ms: z.number().nullable(),
  last_seen_at: z.iso.datetime().nullable(),
  offline_reason: z.enum(OFFLINE_REASONS).nullable(),
  state: LIGHT_STATE.nullable(),
};

export const KNOWN_STATES = z.object({
  items: z.array(z.object({ device_id: z.string(), name: z.string(), ...KNOWN_STATUS })),
  total: z.int(),
});

export const STATES_CHANGE = z.strictObject({
  ids: deviceIds(MOST_STATES).optional().describe("Left out: every enabled device that has a light"),
  ...LIGHT_CHANGE.shape,
}).refine(({ ids: _, ...change }) => Object.values(change).some((value) => value !== undefined), {
  error: "must have at least one of on, brightness, color, preset",
});

export const CHANGED_STATES = z.object({
  items: z.array(z.discriminatedUnion("ok", [
    z.object({ device_id: z.string(), name: z.string().nullable(), ok: z.literal(true), state: LIGHT_STATE }),
    z.object({ device_id: z.string(), name: z.string().nullable(), ok: z.literal(false), error: ITEM_ERROR }),
  ])),
  ...COUNTS,
});
