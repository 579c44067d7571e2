import { z } from "zod";
import { optionalReference } from "../entities/reference.ts";
import { exactText } from "../entities/text.ts";
import { noRepeats } from "../entities/unique.ts";
import { cronProblem } from "./cron.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false; // a RangeError is how Intl says no
  }
}

const timeZone = () =>
  exactText(64).refine(isTimeZone, "must be an IANA time zone such as Europe/Berlin").nullable().default(null)
    .describe("IANA name; null is the server's own.");
const clockTime = () => z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 07:30");
const holdSeconds = (usual: number) =>
  z.number().min(1).max(86_400).default(usual).describe("How long the rule holds afterwards.");
const level = () => z.number().min(0).max(1);

const cronLine = () =>
  exactText(256).check((payload) => {
    const message = cronProblem(payload.value);
    if (message !== undefined) payload.issues.push({ code: "custom", input: undefined, path: [], message });
  });

const timeOfDay = z.strictObject({
  kind: z.literal("time_of_day"),
  from: clockTime(),
  until: clockTime().describe("Before `from`: on the next day."),
  weekdays: z.array(z.enum(WEEKDAYS)).min(1).check(noRepeats((day) => day)).default([...WEEKDAYS])
    .describe("Days on which it begins."),
  time_zone: timeZone(),
}).refine(({ from, until }) => from !== until, { path: ["until"], error: "must differ from from" });

const schedule = z.strictObject({
  kind: z.literal("schedule"),
  cron: cronLine().describe("Minute, hour, day of month, month, day of week; Sunday is 0."),
  hold_seconds: holdSeconds(3_600),
  time_zone: timeZone(),
});

const deviceOnline = z.strictObject({
  kind: z.literal("device_online"),
  device_id: optionalReference("device"),
  online: z.boolean().default(true),
});

const deviceState = z.strictObject({
  kind: z.literal("device_state"),
  device_id: optionalReference("device"),
  on: z.boolean().default(true),
  min_brightness: level().default(0),
  max_brightness: level().default(1),
}).refine(({ min_brightness, max_brightness }) => min_brightness <= max_brightness, {
  path: ["max_brightness"],
  error: "must be at least min_brightness",
});

const audioLevel = z.strictObject({
  kind: z.literal("audio_level"),
  audio_source_id: optionalReference("audio_source"),
  min_level: level().default(0.2),
  hold_seconds: holdSeconds(5),
});

const webhook = z.strictObject({ kind: z.literal("webhook"), hold_seconds: holdSeconds(60) });
const startup = z.strictObject({ kind: z.literal("startup"), hold_seconds: holdSeconds(60) });

/** A condition that holds or does not hold at each moment. */
export const RULE = z.discriminatedUnion("kind", [
  timeOfDay,
  schedule,
  deviceOnline,
  deviceState,
  audioLevel,
  webhook,
  startup,
]);
export type Rule = Readonly<z.output<typeof RULE>>;
