import { assertEquals } from "@std/assert";
import { matches, readSearch, tagsOf } from "../../../src/ui/library/search.ts";

const shelf = { name: "Living Room Shelf", tags: ["warm", "stage"] };

Deno.test("a name is found by any part of it, whatever the case", () => {
  assertEquals(matches(shelf, { q: " room s", tag: "" }), true);
  assertEquals(matches(shelf, { q: "kitchen", tag: "" }), false);
});

Deno.test("a tag is found only as a whole", () => {
  assertEquals(matches(shelf, { q: "", tag: "stage" }), true);
  assertEquals(matches(shelf, { q: "", tag: "sta" }), false);
  assertEquals(tagsOf([shelf, { tags: ["a", "warm"] }]), ["a", "stage", "warm"]);
});

Deno.test("what is looked for stands in the address", () => {
  assertEquals(readSearch(new URLSearchParams("q=a%20b&tag=x")), { q: "a b", tag: "x" });
  assertEquals(readSearch(new URLSearchParams()), { q: "", tag: "" });
});
