import { assertEquals } from "@std/assert";
import { parseHostPort } from "../../src/auth/host.ts";
import { checkOrigin, ownOrigin, parseOrigin } from "../../src/auth/origin.ts";

const allowed = ["https://panel.example.org", "chrome-extension://abcdef"].map((text) => parseOrigin(text)!);

const own = (host: string, secure = false) => ownOrigin(parseHostPort(host)!, secure);

function judge(origin: string | null, host = "localhost:8420", secure = false): string {
  const verdict = checkOrigin(origin, own(host, secure), allowed);
  return verdict.ok ? "ok" : verdict.reason;
}

const judged: readonly (readonly [origin: string | null, expected: string])[] = [
  [null, "ok"],
  ["http://localhost:8420", "ok"],
  ["http://LOCALHOST:8420", "ok"],
  ["https://panel.example.org", "ok"],
  ["https://panel.example.org:443", "ok"],
  ["chrome-extension://abcdef", "ok"],
  ["https://localhost:8420", "origin_foreign"],
  ["http://localhost", "origin_foreign"],
  ["http://localhost:8421", "origin_foreign"],
  ["http://127.0.0.1:8420", "origin_foreign"],
  ["http://panel.example.org", "origin_foreign"],
  ["https://panel.example.org.evil.example", "origin_foreign"],
  ["constructor://localhost", "origin_foreign"],
  ["null", "origin_malformed"],
  ["", "origin_malformed"],
  ["http://[::1", "origin_malformed"],
  ["http://", "origin_malformed"],
  ["file://", "origin_malformed"],
  ["localhost:8420", "origin_malformed"],
  ["http://localhost:8420/", "origin_malformed"],
  ["http://user@localhost:8420", "origin_malformed"],
  ["http://localhost:8420@evil.example", "origin_malformed"],
  ["http://localhost:8420, http://localhost:8420", "origin_malformed"],
  ["http://localhost:8420 http://evil.example", "origin_malformed"],
  ["http://localhost:999999", "origin_malformed"],
];

for (const [origin, expected] of judged) {
  Deno.test(`the Origin ${JSON.stringify(origin)} is ${expected}`, () => assertEquals(judge(origin), expected));
}

Deno.test("a default port written out is no other origin", () => {
  assertEquals(judge("http://box.lan", "box.lan:80"), "ok");
  assertEquals(judge("http://box.lan:80", "box.lan"), "ok");
  assertEquals(judge("https://box.lan", "box.lan", true), "ok");
  assertEquals(judge("https://box.lan:80", "box.lan:80", true), "ok");
  assertEquals(judge("http://box.lan", "box.lan", true), "origin_foreign");
});

Deno.test("an address is the same in any spelling", () => {
  assertEquals(judge("http://[::1]:8420", "[0:0::1]:8420"), "ok");
});

Deno.test("two Origin headers are refused", () => {
  const headers = new Headers({ origin: "http://localhost:8420" });
  headers.append("origin", "http://localhost:8420");
  assertEquals(judge(headers.get("origin")), "origin_malformed");
});
