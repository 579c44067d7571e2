import { assertEquals } from "@std/assert";
import { duration, playlistLength, ruleText, summaryOf } from "../../../src/ui/library/summary.ts";

const NAMES: Readonly<Record<string, string>> = {
  scn_1: "Film night",
  dev_1: "Shelf",
  css_1: "Evening",
  grd_1: "Sunset",
};
const nameOf = (_: string, id: string) => NAMES[id];

const DURATIONS = [[0, "0 s"], [0.5, "0.5 s"], [45, "45 s"], [60, "1 min"], [90, "1 min 30 s"], [3600, "1 h"], [
  3661.5,
  "1 h 1 min 1.5 s",
]] as const;
for (const [seconds, text] of DURATIONS) {
  Deno.test(`${seconds} seconds read as ${text}`, () => assertEquals(duration(seconds), text));
}

Deno.test("a playlist tells how long a round takes and what comes then", () => {
  const items = [{ duration_seconds: 45 }, { duration_seconds: 90 }];
  assertEquals(playlistLength({ items, loop: true, shuffle: false }), "2 scenes, 2 min 15 s, again and again");
  assertEquals(playlistLength({ items, loop: false, shuffle: true }), "2 scenes, 2 min 15 s, in any order, once");
  assertEquals(playlistLength({ items: [] }), "No scenes");
});

Deno.test("an automation reads as a sentence", () => {
  const rules = [
    { kind: "time_of_day", from: "18:00", until: "23:00", weekdays: ["mon", "fri"] },
    { kind: "device_online", device_id: "dev_1", online: false },
  ];
  const automation = { enabled: true, match: "all", scene_preset_id: "scn_1", rules };
  const text = "Film night from 18:00 until 23:00 on Mon, Fri and while Shelf is offline";
  assertEquals(summaryOf("automation", automation, nameOf), text);
  assertEquals(
    summaryOf("automation", { ...automation, enabled: false, match: "any", rules: rules.slice(1) }, nameOf),
    "Off. Film night while Shelf is offline",
  );
  assertEquals(summaryOf("automation", { rules: [] }, nameOf), "No rules yet, so it never acts");
});

Deno.test("a rule of a kind that this page does not know is told by its name", () => {
  assertEquals(ruleText({ kind: "full_moon" }, nameOf), "full moon");
});

Deno.test("targets and strips name what they join", () => {
  const target = { device_id: "dev_1", color_strip_source_id: "css_1", brightness: 0.8 };
  assertEquals(summaryOf("output_target", target, nameOf), "Evening on Shelf, 80 %");
  assertEquals(summaryOf("output_target", { device_id: null }, nameOf), "No color strip on no device, 100 %");
  assertEquals(summaryOf("color_strip_source", { kind: "gradient", gradient_id: "grd_1" }, nameOf), "Gradient: Sunset");
  assertEquals(summaryOf("color_strip_source", { kind: "push" }, nameOf), "Push");
});
