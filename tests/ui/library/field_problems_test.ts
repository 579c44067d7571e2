import { assertEquals } from "@std/assert";
import { placeProblems, unfinishedProblems } from "../../../src/ui/library/form/field_problems.ts";
import { unfinished } from "../../../src/ui/library/form/unfinished.ts";
import { description, formOf } from "./forms.ts";

const api = await description();
const gradient = formOf(api, "gradient");
const stops = [{ position: 0, color: "#000000" }, { position: 1, color: "#ffffff" }];

Deno.test("a problem stands beside the field that it is about", () => {
  const placed = placeProblems(gradient, { name: "x", stops }, [
    { field: "stops[1].color", message: "must be a colour" },
    { field: "name", message: "is taken" },
  ]);
  assertEquals([...placed], [["stops[1].color", "must be a colour"], ["name", "is taken"]]);
});

Deno.test("a problem inside of what has one control stands beside that control", () => {
  const placed = placeProblems(gradient, { name: "x", stops, tags: ["a", "a"] }, [
    { field: "tags[1]", message: "must not be in the list twice" },
    { field: "stops[7].color", message: "is required" },
    { field: "stops", message: "must have at most 64 items" },
  ]);
  assertEquals(placed.get("tags"), "must not be in the list twice");
  assertEquals(placed.get("stops"), "is required; must have at most 64 items");
});

Deno.test("a problem with what the form does not have is told with its name", () => {
  const placed = placeProblems(gradient, { name: "x" }, [
    { field: "colour", message: "is not a known field" },
    { field: "", message: "must be a JSON object" },
  ]);
  assertEquals(placed.get(""), "colour is not a known field; must be a JSON object");
});

Deno.test("problems with rules and settings find their fields, which depend on the kind", () => {
  const automation = formOf(api, "automation");
  const rules = [{ kind: "schedule", cron: "x" }];
  const problem = { field: "rules[0].cron", message: "must have five fields" };
  assertEquals([...placeProblems(automation, { name: "x", rules }, [problem])], [[problem.field, problem.message]]);
  const template = formOf(api, "template");
  const wrong = { field: "settings.gamma", message: "must be at most 5" };
  const draft = { name: "x", kind: "postprocessing", settings: { gamma: 9 } };
  assertEquals([...placeProblems(template, draft, [wrong])], [[wrong.field, wrong.message]]);
});

Deno.test("half a number is a problem before anything is sent", () => {
  const target = formOf(api, "output_target");
  assertEquals(unfinishedProblems(target, { name: "x", fps: unfinished(""), led_count: unfinished("1e") }), [
    { field: "fps", message: "must not be empty" },
    { field: "led_count", message: "must be a number" },
  ]);
  assertEquals(unfinishedProblems(gradient, { stops: [{ position: unfinished("x"), color: "#000000" }] }), [
    { field: "stops[0].position", message: "must be a number" },
  ]);
});
