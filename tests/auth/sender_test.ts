import { assert, assertEquals } from "@std/assert";
import { parseNetwork } from "../../src/auth/network.ts";
import { findSender } from "../../src/auth/sender.ts";

const trusted = ["127.0.0.1", "10.0.0.0/8"].map((text) => parseNetwork(text)!);

const from = (address: string, headers: Record<string, string>, secure = false) =>
  findSender(new Headers(headers), { address, secure }, trusted);

Deno.test("an untrusted peer is the client, whatever it forwards", () => {
  const sender = from("192.0.2.7", { "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https" });
  assertEquals(sender, { client: "192.0.2.7", group: "192.0.2.7", secure: false, local: false });
});

const chains: readonly (readonly [name: string, headers: Record<string, string>, client: string])[] = [
  ["one proxy", { "x-forwarded-for": "192.0.2.7" }, "192.0.2.7"],
  ["a client that lies to one proxy", { "x-forwarded-for": "127.0.0.1, 192.0.2.7" }, "192.0.2.7"],
  ["two proxies", { "x-forwarded-for": "203.0.113.9, 192.0.2.7, 10.0.0.2" }, "192.0.2.7"],
  ["only proxies", { "x-forwarded-for": "10.0.0.3, 10.0.0.2" }, "10.0.0.3"],
  ["an unreadable hop", { "x-forwarded-for": "192.0.2.7, unknown, 10.0.0.2" }, "10.0.0.2"],
  ["a port", { "x-forwarded-for": "[2001:db8::7]:4711" }, "2001:db8::7"],
  ["Forwarded", { forwarded: 'for=203.0.113.9, for="[2001:db8::7]:4711";proto=https;by=10.0.0.1' }, "2001:db8::7"],
  ["Forwarded with an open quote", { forwarded: 'for="a,b, For=192.0.2.7' }, "192.0.2.7"],
  ["both, agreeing", { forwarded: "for=192.0.2.7", "x-forwarded-for": "192.0.2.7" }, "192.0.2.7"],
  ["both, disagreeing", { forwarded: "for=192.0.2.8", "x-forwarded-for": "192.0.2.7" }, "127.0.0.1"],
  ["an empty list", { "x-forwarded-for": "" }, "127.0.0.1"],
];

for (const [name, headers, client] of chains) {
  Deno.test(`the client behind a trusted proxy: ${name}`, () =>
    assertEquals(from("127.0.0.1", headers).client, client));
}

Deno.test("a trusted proxy says whether the browser came over TLS, nobody else does", () => {
  assertEquals(from("10.0.0.1", { "x-forwarded-proto": "https" }).secure, true);
  assertEquals(from("10.0.0.1", { "x-forwarded-proto": "https, http" }, true).secure, false);
  assertEquals(from("10.0.0.1", { forwarded: "for=192.0.2.7;proto=https" }).secure, true);
  assertEquals(from("10.0.0.1", { "x-forwarded-proto": "gopher" }, true).secure, true);
  assertEquals(from("192.0.2.7", { "x-forwarded-proto": "https" }).secure, false);
});

Deno.test("a caller on this machine is local until any forwarding header shows", () => {
  for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) assert(from(address, {}).local);
  for (const name of ["forwarded", "x-forwarded-for", "X-Forwarded-Host", "x-forwarded-anything"]) {
    assert(!from("127.0.0.1", { [name]: "" }).local, name);
  }
  assert(!from("192.0.2.7", {}).local);
});

Deno.test("a peer without an address is unknown and not local", () => {
  for (const address of ["", "unix:/run/x.sock", "\u001b[31m127.0.0.1"]) {
    assertEquals(from(address, {}), { client: "unknown", group: "unknown", secure: false, local: false });
  }
});
