import { assert, assertEquals } from "@std/assert";
import { groupOf, isLoopback, parseAddress, parseEndpoint } from "../../src/auth/address.ts";
import { isWithin, parseNetwork } from "../../src/auth/network.ts";

const spellings: readonly (readonly [written: string, read: string | undefined])[] = [
  ["127.0.0.1", "127.0.0.1"],
  ["127.0.0.1:8420", "127.0.0.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["[::ffff:c000:201]:80", "192.0.2.1"],
  ["::1", "::1"],
  ["[::1]", "::1"],
  ["[::1]:8420", "::1"],
  ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  ["1::", "1::"],
  ["::", "::"],
  ["fe80::1%eth0", "fe80::1"],
  ["[fe80::1%25eth0]:80", "fe80::1"],
  ["127.1", undefined],
  ["0x7f000001", undefined],
  ["127.0.0.01", undefined],
  ["1.2.3.4%eth0", undefined],
  ["[::1", undefined],
  ["::1::", undefined],
  ["unknown", undefined],
  ["_hidden", undefined],
  ["", undefined],
];

for (const [written, read] of spellings) {
  Deno.test(`the address ${JSON.stringify(written)} reads as ${read}`, () => {
    assertEquals(parseEndpoint(written)?.text, read);
  });
}

Deno.test("loopback is all of 127.0.0.0/8 and ::1, also mapped, and nothing else", () => {
  for (const text of ["127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1"]) assert(isLoopback(parseAddress(text)!));
  for (const text of ["128.0.0.1", "0.0.0.0", "::", "::127.0.0.1", "fe80::1"]) assert(!isLoopback(parseAddress(text)!));
});

Deno.test("an IPv4 caller is its address, an IPv6 caller its /64", () => {
  const group = (text: string) => groupOf(parseAddress(text)!);
  assertEquals(group("192.0.2.1"), "192.0.2.1");
  assertEquals(group("::ffff:192.0.2.1"), "192.0.2.1");
  assertEquals(group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assertEquals(group("2001:db8:1:2::9"), group("2001:db8:1:2:ffff::"));
  assertEquals(group("::1"), "::/64");
});

const blocks: readonly (readonly [block: string, inside: string, outside: string])[] = [
  ["10.0.0.0/8", "10.255.0.1", "11.0.0.1"],
  ["10.1.2.3/8", "10.0.0.1", "9.0.0.1"],
  ["192.0.2.1", "192.0.2.1", "192.0.2.2"],
  ["::ffff:10.0.0.0/104", "10.9.9.9", "11.0.0.0"],
  ["2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"],
  ["0.0.0.0/0", "8.8.8.8", "::1"],
  ["::/0", "::1", "8.8.8.8"],
];

for (const [block, inside, outside] of blocks) {
  Deno.test(`the block ${block} holds ${inside} and not ${outside}`, () => {
    const network = parseNetwork(block)!;
    assert(isWithin(parseAddress(inside)!, [network]));
    assert(!isWithin(parseAddress(outside)!, [network]));
  });
}

Deno.test("what is no block is not read as one", () => {
  const wrong = [
    "10.0.0.0/33",
    "::/129",
    "10.0.0.0/",
    "10.0.0.0/-1",
    "/8",
    "",
    "proxy",
    "fe80::1%eth0",
    "::ffff:1.2.3.4/95",
  ];
  for (const text of wrong) assertEquals(parseNetwork(text), undefined, text);
});
