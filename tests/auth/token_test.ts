import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { parseBearer } from "../../src/auth/bearer.ts";
import { findByToken, hashToken, makeToken, tokenProblem } from "../../src/auth/token.ts";

const entropy = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };

Deno.test("a made token has 256 random bits and may be used as it stands", () => {
  const token = makeToken(entropy);
  assertMatch(token, /^ll_[A-Za-z0-9_-]{43}$/);
  assertNotEquals(token, makeToken(entropy));
  assertEquals(tokenProblem(token), undefined);
  assertEquals(parseBearer(new Headers({ authorization: `Bearer ${token}` })), { kind: "token", token });
});

Deno.test("a token finds its own key wherever it stands in the list", () => {
  const tokens = Array.from({ length: 5 }, () => makeToken(entropy));
  const keys = tokens.map((token, at) => ({ at, hash: hashToken(token) }));
  tokens.forEach((token, at) => assertEquals(findByToken(keys, token)?.at, at));
  assertEquals(findByToken(keys, "ll_unknown"), undefined);
  assertEquals(findByToken(keys, ""), undefined);
  assertEquals(findByToken([], tokens[0]!), undefined);
});

Deno.test("a token shorter than 16 characters, or one that no header can carry, is refused without being repeated", () => {
  for (
    const token of [
      "fifteen-charact",
      "with a space in it",
      "umlaut-ä-in-the-token",
      "comma,in,the,token,",
      "x".repeat(600),
    ]
  ) {
    const problem = tokenProblem(token);
    assert(problem !== undefined && !problem.includes(token.slice(0, 8)));
  }
  assertEquals(tokenProblem("sixteen-characte"), undefined);
});

const headers: readonly (readonly [header: string, kind: string])[] = [
  ["Bearer abc", "token"],
  ["bearer abc", "token"],
  ["Bearer", "malformed"],
  ["Bearer ", "malformed"],
  ["Bearer  abc", "malformed"],
  ["Bearer abc def", "malformed"],
  ["Bearer abc,def", "malformed"],
  ["Basic dXNlcjpwYXNz", "malformed"],
  ["abc", "malformed"],
  ["", "malformed"],
];

for (const [authorization, kind] of headers) {
  Deno.test(`the Authorization ${JSON.stringify(authorization)} is ${kind}`, () => {
    assertEquals(parseBearer(new Headers({ authorization })).kind, kind);
  });
}

Deno.test("two Authorization headers are malformed, none is none", () => {
  const twice = new Headers({ authorization: "Bearer abc" });
  twice.append("authorization", "Bearer abc");
  assertEquals(parseBearer(twice).kind, "malformed");
  assertEquals(parseBearer(new Headers()).kind, "none");
});
