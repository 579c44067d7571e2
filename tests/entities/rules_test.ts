import { assertEquals } from "@std/assert";
import { cronProblem } from "../../src/automations/cron.ts";
import { create, created, problemsOf, wrongFields } from "./samples.ts";

const withRule = (rule: unknown) => create("automation", { rules: [rule] });
const WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

Deno.test("each kind of rule has its defaults", () => {
  const rules = [
    { kind: "time_of_day", from: "22:00", until: "06:30" },
    { kind: "schedule", cron: "0 7 * * mon-fri" },
    { kind: "device_online" },
    { kind: "device_state" },
    { kind: "audio_level" },
    { kind: "webhook" },
    { kind: "startup" },
  ];
  assertEquals(created("automation", { rules }).fields["rules"], [
    { kind: "time_of_day", from: "22:00", until: "06:30", weekdays: WEEK, time_zone: null },
    { kind: "schedule", cron: "0 7 * * mon-fri", hold_seconds: 3_600, time_zone: null },
    { kind: "device_online", device_id: null, online: true },
    { kind: "device_state", device_id: null, on: true, min_brightness: 0, max_brightness: 1 },
    { kind: "audio_level", audio_source_id: null, min_level: 0.2, hold_seconds: 5 },
    { kind: "webhook", hold_seconds: 60 },
    { kind: "startup", hold_seconds: 60 },
  ]);
});

Deno.test("an unknown kind of rule, or none, is named", () => {
  for (const kind of ["sunrise", "__proto__", null, 1]) {
    assertEquals(wrongFields(withRule({ kind })), ["rules[0].kind"]);
  }
  assertEquals(wrongFields(withRule({})), ["rules[0].kind"]);
  assertEquals(wrongFields(withRule(null)), ["rules[0]"]);
  assertEquals(wrongFields(withRule({ kind: "startup", from: "07:00" })), ["rules[0].from"]);
});

Deno.test("a time of day is HH:MM, and its end differs from its beginning", () => {
  for (const from of ["7:00", "24:00", "07:60", "07:00:00", "07:00\n", "", 7]) {
    assertEquals(wrongFields(withRule({ kind: "time_of_day", from, until: "08:00" })), ["rules[0].from"]);
  }
  assertEquals(wrongFields(withRule({ kind: "time_of_day", from: "08:00", until: "08:00" })), ["rules[0].until"]);
  assertEquals(wrongFields(withRule({ kind: "time_of_day" })), ["rules[0].from", "rules[0].until"]);
});

Deno.test("weekdays are names, at least one, each once", () => {
  const weekdays = (days: unknown) =>
    wrongFields(withRule({ kind: "time_of_day", from: "07:00", until: "08:00", weekdays: days }));
  assertEquals(weekdays(["mon", "sun"]), []);
  assertEquals(weekdays([]), ["rules[0].weekdays"]);
  assertEquals(weekdays(["mon", "mon"]), ["rules[0].weekdays[1]"]);
  assertEquals(weekdays(["monday", 1]), ["rules[0].weekdays[0]", "rules[0].weekdays[1]"]);
});

Deno.test("a time zone is one that this machine knows", () => {
  const zone = (time_zone: unknown) => wrongFields(withRule({ kind: "schedule", cron: "0 7 * * *", time_zone }));
  for (const name of ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires", null]) assertEquals(zone(name), []);
  for (const name of ["Mars/Olympus", "", "x".repeat(1e6), "UTC\u0000", 1]) {
    assertEquals(zone(name), ["rules[0].time_zone"]);
  }
});

Deno.test("a brightness range is not upside down", () => {
  assertEquals(problemsOf(withRule({ kind: "device_state", min_brightness: 0.6, max_brightness: 0.5 })), [
    { field: "rules[0].max_brightness", message: "must be at least min_brightness" },
  ]);
});

Deno.test("cron lines that mean something are accepted", () => {
  const lines = [
    "* * * * *",
    "*/5 0-6,22-23 * * *",
    "0 7 * * MON-FRI",
    "30 6 1,15 jan-mar/2 *",
    "0 0 29 2 *",
    "0 0 31 2 mon",
    "5/15 * * * 0",
    "0 12 * * 7",
  ];
  for (const line of lines) assertEquals(cronProblem(line), undefined, line);
});

Deno.test("cron lines that mean nothing are refused with the field that is wrong", () => {
  const lines: readonly (readonly [string, RegExp])[] = [
    ["", /five fields/],
    ["* * * *", /five fields/],
    ["0 * * * * *", /five fields/],
    ["*  * * * *", /five fields/],
    ["@daily", /five fields/],
    ["60 * * * *", /minute/],
    ["*/0 * * * *", /minute/],
    ["1, * * * *", /minute/],
    ["1-2-3 * * * *", /minute/],
    ["1/2/3 * * * *", /minute/],
    ["-1 * * * *", /minute/],
    ["1- * * * *", /minute/],
    ["* 24 * * *", /hour/],
    ["* 9-5 * * *", /hour/],
    ["* * 0 * *", /day of month/],
    ["* * * 13 *", /month/],
    ["* * * foo *", /month/],
    ["* * * * 8", /day of week/],
    ["* * * * monday", /day of week/],
    ["0 0 30 feb *", /no year/],
    ["0 0 31 4,6,9,11 *", /no year/],
  ];
  for (const [line, expected] of lines) {
    const problem = cronProblem(line);
    assertEquals(problem !== undefined && expected.test(problem), true, `${line}: ${problem}`);
  }
  assertEquals(wrongFields(withRule({ kind: "schedule", cron: "* * * *" })), ["rules[0].cron"]);
  assertEquals(wrongFields(withRule({ kind: "schedule", cron: "*,".repeat(1e5) })), ["rules[0].cron"]);
});
