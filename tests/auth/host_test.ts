import { assertEquals } from "@std/assert";
import { classifyHost, parseHostPort } from "../../src/auth/host.ts";

const names = {
  own: ["Workbench", "workbench.lan."],
  allowed: ["lights.example.org", "pinned.example.org:8443", "named.local"].map((text) => parseHostPort(text)!),
};

const judged: readonly (readonly [header: string | null, verdict: string])[] = [
  ["localhost", "loopback"],
  ["LOCALHOST:8420", "loopback"],
  ["localhost.", "loopback"],
  ["127.0.0.1:8420", "loopback"],
  ["127.9.9.9", "loopback"],
  ["[::1]:8420", "loopback"],
  ["[::ffff:127.0.0.1]", "loopback"],
  ["192.168.1.20:8420", "known"],
  ["0.0.0.0:8420", "known"],
  ["[fe80::1]:8420", "known"],
  ["workbench:8420", "known"],
  ["workbench.lan", "known"],
  ["lights.example.org", "known"],
  ["Lights.Example.Org.:443", "known"],
  ["pinned.example.org:8443", "known"],
  ["pinned.example.org:8444", "host_foreign"],
  ["pinned.example.org", "host_foreign"],
  ["named.local", "known"],
  ["box.local:8420", "mdns"],
  ["BOX.LOCAL.", "mdns"],
  ["evil.example", "host_foreign"],
  ["localhost.evil.example", "host_foreign"],
  ["127.0.0.1.evil.example", "host_foreign"],
  ["evil.localhost", "host_foreign"],
  ["127.1", "host_foreign"],
  ["2130706433", "host_foreign"],
  ["0x7f.0.0.1", "host_foreign"],
  ["notlocal", "host_foreign"],
  [null, "host_missing"],
  ["", "host_missing"],
  [".", "host_malformed"],
  ["[::1", "host_malformed"],
  ["::1", "host_malformed"],
  ["[127.0.0.1]", "host_malformed"],
  ["[::1]x", "host_malformed"],
  ["[zz::1]", "host_malformed"],
  ["localhost:", "host_malformed"],
  ["localhost:99999", "host_malformed"],
  ["localhost:80:80", "host_malformed"],
  ["localhost, evil.example", "host_malformed"],
  ["localhost,localhost", "host_malformed"],
  ["user@localhost", "host_malformed"],
  ["localhost/path", "host_malformed"],
  ["localhost evil", "host_malformed"],
  ["http://localhost", "host_malformed"],
  ["lоcalhost", "host_malformed"],
  ["a".repeat(300), "host_malformed"],
];

for (const [header, expected] of judged) {
  Deno.test(`the Host ${JSON.stringify(header)?.slice(0, 60)} is ${expected}`, () => {
    const verdict = classifyHost(header, names);
    assertEquals(verdict.ok ? verdict.kind : verdict.reason, expected);
  });
}
