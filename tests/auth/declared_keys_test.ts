import { assert, assertEquals } from "@std/assert";
import { parseDeclaredKeys } from "../../src/auth/declared_keys.ts";
import { findByToken } from "../../src/auth/token.ts";

const read = (text: string) => {
  const parsed = parseDeclaredKeys(text);
  return parsed.ok ? parsed.keys.map(({ label, role }) => `${label} ${role}`) : parsed.problems;
};

Deno.test("declared keys are read, with colons in tokens and commas at the end", () => {
  assertEquals(read(""), []);
  assertEquals(read(" , "), []);
  assertEquals(read("desk:admin:0123456789abcdef, panel:viewer:with:colons:inside,"), ["desk admin", "panel viewer"]);
});

Deno.test("a declared token opens its key and is not kept", () => {
  const parsed = parseDeclaredKeys("desk:admin:0123456789abcdef");
  assert(parsed.ok);
  assertEquals(findByToken(parsed.keys, "0123456789abcdef")?.label, "desk");
  assert(!JSON.stringify(parsed.keys).includes("0123456789abcdef"));
});

const wrong: readonly (readonly [text: string, problems: readonly string[]])[] = [
  ["desk", ["entry 1: must be label:role:token"]],
  ["desk:admin", ["entry 1: must be label:role:token"]],
  ["a:admin:0123456789abcdef,,b:admin:0123456789abcdeg", ["entry 2: must be label:role:token"]],
  ["desk:admin:short", ["entry 1: the token is shorter than 16 characters"]],
  ["desk:owner:0123456789abcdef", ["entry 1: the role must be viewer, operator or admin"]],
  ["desk:constructor:0123456789abcdef", ["entry 1: the role must be viewer, operator or admin"]],
  ["my desk:admin:0123456789abcdef", ["entry 1: the label must be 1 to 64 characters out of A-Z a-z 0-9 . _ -"]],
  [":admin:0123456789abcdef", ["entry 1: the label must be 1 to 64 characters out of A-Z a-z 0-9 . _ -"]],
  ["system:admin:0123456789abcdef", ["entry 1: the label is reserved"]],
  ["Anonymous:admin:0123456789abcdef", ["entry 1: the label is reserved"]],
  ["a:admin:0123456789abcdef,a:viewer:0123456789abcdeg", ["entry 2: the same label as entry 1"]],
  ["a:admin:0123456789abcdef,b:viewer:0123456789abcdef", ["entry 2: the same token as entry 1"]],
];

for (const [text, problems] of wrong) {
  Deno.test(`declaring ${JSON.stringify(text)} is refused`, () => assertEquals(read(text), problems));
}

Deno.test("no problem repeats any part of a token, also when a comma tears it apart", () => {
  const text = "desk:admin:SECRETsecretSECRET1,SECRET2:owner:SECRET3,SECRET4";
  assert(!JSON.stringify(read(text)).includes("SECRET"));
});
