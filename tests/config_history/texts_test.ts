import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { normaliseRouterOs, routerOsComponents } from "../../src/config_history/routeros_text.ts";
import { createMask } from "../../src/config_history/secrets.ts";
import { normaliseWled } from "../../src/config_history/wled_text.ts";
import { createRandom } from "../support/random.ts";

const mask = createMask(new Uint8Array(32).fill(1));
const routerOs = (text: string) => normaliseRouterOs(text, mask);
const wled = (text: string) => normaliseWled(text, mask);

const EXPORT = `\ufeff# 2026-11-22 10:00:00 by RouterOS 7.16.1\r
# software id = ABCD-1234\r
/interface bridge\r
add name=bridge1 comment="a long comment that goes on \\\r
    and on" \\\r
    protocol-mode=none   \r
/ip address\r
add address=10.0.0.1/24 interface=bridge1\r
\r
`;

Deno.test("an export of RouterOS loses when it was written, and its lines are whole", () => {
  assertEquals(
    routerOs(EXPORT),
    `# by RouterOS 7.16.1
# software id = ABCD-1234
/interface bridge
add name=bridge1 comment="a long comment that goes on and on" protocol-mode=none
/ip address
add address=10.0.0.1/24 interface=bridge1
`,
  );
});

Deno.test("two exports of the same configuration are the same text, whichever version wrote the time", () => {
  const older = EXPORT.replace("2026-11-22 10:00:00", "nov/22/2026 17:31:02");
  assertEquals(routerOs(older), routerOs(EXPORT));
  assertNotEquals(routerOs(EXPORT.replace("7.16.1", "7.17")), routerOs(EXPORT));
});

Deno.test("a comment further down keeps what looks like a time", () => {
  const text = "/ip address\n# 2026-11-22 10:00:00 by hand\nadd address=10.0.0.1/24\n";
  assertEquals(routerOs(text), text);
});

Deno.test("control characters and terminal sequences of a router go", () => {
  assertEquals(routerOs('/ip address\nadd comment="a\x1b[31mb\x00\u202ec"\n'), '/ip address\nadd comment="abc"\n');
});

Deno.test("each line of an export belongs to the section above it", () => {
  const lines = ["# by RouterOS 7", "/ip firewall filter", "add a=b", "/system identity set name=x", "/ip address"];
  assertEquals(routerOsComponents(lines), [
    "header",
    "/ip firewall filter",
    "/ip firewall filter",
    "/system identity",
    "/ip address",
  ]);
});

Deno.test("the files of a controller become one text with sorted keys, without what it measures", () => {
  const text =
    '{"cfg":{"hw":{"b":1.0,"a":[ 1,\n2 ]},"uptime":77,"a\\u202eb":"\\u0007"},"presets":{"10":{},"9":{"n":"x"}}}';
  assertEquals(
    wled(text),
    `{
  "cfg": {
    "a\\u202eb": "\\u0007",
    "hw": {
      "a": [1, 2],
      "b": 1.0
    }
  },
  "presets": {
    "9": {
      "n": "x"
    },
    "10": {}
  }
}
`,
  );
});

Deno.test("numbers keep their text, however large or exact", () => {
  for (const number of ["0", "-0", "1.50", "1E400", "12345678901234567890", "1e-7"]) {
    assert(wled(`{"cfg":{"n":${number}},"presets":{}}`)?.includes(`"n": ${number}\n`), number);
  }
});

Deno.test("a configuration that nests without end is none", () => {
  assertEquals(wled("[".repeat(100_000) + "]".repeat(100_000)), undefined);
  assert(wled("[".repeat(60) + "]".repeat(60)) !== undefined);
});

Deno.test("doing it twice changes nothing, whatever the text", () => {
  const random = createRandom(20261122);
  const pieces = [
    "\\",
    "\n",
    " ",
    "    ",
    '"',
    '\\"',
    "=",
    "a",
    "password=",
    "key=",
    "/snmp community\nadd name=",
    "#",
    "@",
  ];
  pieces.push("x://", "<secret:01234567>", "# 2026-11-22 10:00:00 by ", "\r\n", "\ufeff", "\x1b[", ";", "/ip address");
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: random.int(14) }, () => random.pick(pieces)).join("");
    const once = routerOs(text);
    assertEquals(routerOs(once), once, JSON.stringify(text));
  }
  for (let round = 0; round < 500; round++) {
    const once = wled(JSON.stringify({ cfg: randomValue(random, 4), presets: randomValue(random, 3) }));
    assert(once !== undefined);
    assertEquals(wled(once), once);
  }
});

function randomValue(random: ReturnType<typeof createRandom>, depth: number): unknown {
  if (depth === 0 || random.chance(0.3)) {
    return random.pick([1, -2.5, true, null, "", "text", "http://a:b@c/d", "\u2028", "<secret:01234567>"]);
  }
  const values = Array.from({ length: random.int(5) }, () => randomValue(random, depth - 1));
  if (random.chance(0.4)) return values;
  return Object.fromEntries(values.map((value) => [random.pick(["a", "psk", "2", "10", "__proto__", "name"]), value]));
}

Deno.test("hostile texts are normalised in time that grows with their length", () => {
  // Each would take minutes if it were looked at again for every part of it.
  const size = 400_000;
  for (
    const part of [
      "\\\n",
      "\\\n    a",
      "a",
      'password="',
      'password=\\"',
      "x://",
      "x://a",
      "\\",
      "key=",
      'a=\\\\\\"',
      " \n",
    ]
  ) {
    assert(routerOs(part.repeat(size / part.length)).length > 0, part);
  }
});
