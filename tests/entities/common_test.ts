import { assert, assertEquals } from "@std/assert";
import { create, created, problemsOf, wrongFields } from "./samples.ts";

const nameOf = (name: unknown) => created("gradient", { name }).common.name;

Deno.test("a name loses controls, terminal sequences, line breaks and bidi controls, then is trimmed", () => {
  assertEquals(nameOf("  Desk \u0000\u0007lamp\t "), "Desk lamp");
  assertEquals(nameOf("\x1b[31mred\x1b[0m"), "red");
  assertEquals(nameOf("\x1b[38;5;12mblue"), "blue");
  assertEquals(nameOf("\x9b1mbold"), "bold");
  assertEquals(nameOf("\x1b]0;title\x07after"), "after");
  assertEquals(nameOf("\x1b]8;;http://x\x1b\\link"), "link");
  assertEquals(nameOf("a\r\nb\u0085c\u2028d\u2029e"), "abcde");
  assertEquals(nameOf("\u202eevil\u202c \u2066x\u2069"), "evil x");
  assertEquals(nameOf("cut \x1b"), "cut");
});

Deno.test("cleaning a name twice changes nothing more", () => {
  for (const name of ["\x1b\x1b[[31mx", "\x1b[\x1b[1mmx", " \u202e x \u202c "]) {
    assertEquals(nameOf(nameOf(name)), nameOf(name));
  }
});

Deno.test("a name has 1 to 256 code points after cleaning", () => {
  assertEquals(nameOf("💡".repeat(256)), "💡".repeat(256));
  assertEquals(nameOf("x".repeat(256) + "\n"), "x".repeat(256));
  for (const name of ["x".repeat(257), "💡".repeat(257), "", "  ", "\x1b[0m", "\u200b\u200d", "x".repeat(2_000_000)]) {
    assertEquals(wrongFields(create("gradient", { name })), ["name"]);
  }
});

Deno.test("a lone surrogate is refused in every common field", () => {
  assertEquals(wrongFields(create("gradient", { name: "x\ud800" })), ["name"]);
  assertEquals(wrongFields(create("gradient", { description: "\udc00x" })), ["description"]);
  assertEquals(wrongFields(create("gradient", { tags: ["ok", "\ud83d"] })), ["tags[1]"]);
});

Deno.test("a description keeps its line breaks and loses other controls", () => {
  const { description } = created("gradient", { description: " one\r\ntwo\tx\u0000\u2028\x1b[1mthree\u202e\n" }).common;
  assertEquals(description, "one\ntwo\tx\nthree");
  assertEquals(created("gradient", { description: "💡".repeat(2000) }).common.description.length, 4000);
  assertEquals(problemsOf(create("gradient", { description: "x".repeat(2001) })), [
    { field: "description", message: "must have at most 2000 characters" },
  ]);
});

Deno.test("tags are cleaned, unique, at most 32, each 1 to 64 code points", () => {
  assertEquals(created("gradient", { tags: [" desk\n", "\x1b[1mTV"] }).common.tags, ["desk", "TV"]);
  assertEquals(wrongFields(create("gradient", { tags: ["a", "b", "a "] })), ["tags[2]"]);
  assertEquals(wrongFields(create("gradient", { tags: ["", "x".repeat(65), 1] })), ["tags[0]", "tags[1]", "tags[2]"]);
  const many = Array.from({ length: 33 }, (_, i) => `t${i}`);
  assertEquals(wrongFields(create("gradient", { tags: many })), ["tags"]);
  assert(create("gradient", { tags: many.slice(1) }).ok);
});

Deno.test("null is no name, description or list of tags", () => {
  assertEquals(wrongFields(create("gradient", { name: null, description: null, tags: null })), [
    "name",
    "description",
    "tags",
  ]);
});
