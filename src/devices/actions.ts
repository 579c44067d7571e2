import { z } from "zod";
import { defineAction, type Metadata } from "../audit/mod.ts";

const about = { category: "device", aboutEntity: true } as const;

const TRANSITION = z.object({ latency_ms: z.number().nullable(), suppressed: z.int().optional() });

export const deviceActions = {
  "device.online": defineAction({
    ...about,
    severity: "info",
    label: "Came online",
    when:
      "A device that was offline answers a health check; at most six times an hour for each device, together with " +
      "`device.offline`: then the next one says how many were not recorded",
    metadata: TRANSITION,
    message: ({ entityName }) => `Device '${entityName}' is online again`,
  }),
  "device.offline": defineAction({
    ...about,
    severity: "warning",
    label: "Went offline",
    when: "A device that was online fails two health checks in a row",
    metadata: TRANSITION,
    message: ({ entityName }) => `Device '${entityName}' went offline`,
  }),
  "device.state_changed": defineAction({
    ...about,
    severity: "info",
    label: "Light changed",
    when: "A light was switched, dimmed, coloured or given a preset, through this server (`api`) or elsewhere " +
      "(`external`); one entry for what one actor does to one device within two seconds of the last",
    metadata: z.object({
      source: z.enum(["api", "external"]),
      on: z.boolean().optional(),
      brightness: z.number().optional(),
      color: z.string().nullable().optional(),
      preset: z.int().nullable().optional(),
      changes: z.int().optional(),
    }),
    message: ({ entityName, metadata }) =>
      `Device '${entityName}' ${changeWords(metadata)}${
        metadata["source"] === "external" ? " (changed elsewhere)" : ""
      }`,
  }),
  "device.identified": defineAction({
    ...about,
    severity: "info",
    label: "Identified by blinking",
    when: "A light was made to blink, so that somebody can see which one it is",
    metadata: z.object({}),
    message: ({ entityName }) => `Device '${entityName}' blinked to be identified`,
  }),
};

/** `turned on, dimmed to 40 %, set to #ff8800`. */
function changeWords({ on, brightness, color, preset }: Metadata): string {
  const words = [
    on === undefined ? [] : [on ? "turned on" : "turned off"],
    typeof brightness === "number" ? [`dimmed to ${percent(brightness)} %`] : [],
    color === undefined ? [] : [color === null ? "left without a colour" : `set to ${color}`],
    preset === undefined ? [] : [preset === null ? "left its preset" : `preset ${preset} chosen`],
  ].flat();
  return words.length === 0 ? "changed" : words.join(", ");
}

const percent = (share: number): number => share > 0 ? Math.max(1, Math.round(share * 100)) : 0;
