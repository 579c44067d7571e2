import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { createBreathe } from "../../src/config_history/breath.ts";
import { normaliseRouterOs, routerOsComponents } from "../../src/config_history/routeros_text.ts";
import { createMask } from "../../src/config_history/secrets.ts";
import { normaliseWled } from "../../src/config_history/wled_text.ts";
import { createRandom } from "../support/random.ts";
import { NEVER } from "./setup.ts";

const mask = createMask(new Uint8Array(32).fill(1));
const routerOs = (text: string) => normaliseRouterOs(text, mask, NEVER);
const wled = (text: string) => normaliseWled(text, mask, NEVER);

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

Deno.test("an export of RouterOS loses when it was written, and its lines are whole", async () => {
  assertEquals(
    await routerOs(EXPORT),
    `# by RouterOS 7.16.1
# software id = ABCD-1234
/interface bridge
add name=bridge1 comment="a long comment that goes on and on" protocol-mode=none
/ip address
add address=10.0.0.1/24 interface=bridge1
`,
  );
});

Deno.test("two exports of the same configuration are the same text, whichever version wrote the time", async () => {
  const older = EXPORT.replace("2026-11-22 10:00:00", "nov/22/2026 17:31:02");
  assertEquals(await routerOs(older), await routerOs(EXPORT));
  assertNotEquals(await routerOs(EXPORT.replace("7.16.1", "7.17")), await routerOs(EXPORT));
});

Deno.test("a comment further down keeps what looks like a time", async () => {
  const text = "/ip address\n# 2026-11-22 10:00:00 by hand\nadd address=10.0.0.1/24\n";
  assertEquals(await routerOs(text), text);
});

Deno.test("control characters and terminal sequences of a router go", async () => {
  assertEquals(
    await routerOs('/ip address\nadd comment="a\x1b[31mb\x00\u202ec"\n'),
    '/ip address\nadd comment="abc"\n',
  );
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

Deno.test("the files of a controller become one text with sorted keys, without what it measures", async () => {
  const text =
    '{"cfg":{"hw":{"b":1.0,"a":[ 1,\n2 ]},"uptime":77,"a\\u202eb":"\\u0007"},"presets":{"10":{},"9":{"n":"x"}}}';
  assertEquals(
    await wled(text),
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

Deno.test("numbers keep their text, however large or exact", async () => {
  for (const number of ["0", "-0", "1.50", "1E400", "12345678901234567890", "1e-7"]) {
    assert((await wled(`{"cfg":{"n":${number}},"presets":{}}`))?.includes(`"n": ${number}\n`), number);
  }
});

Deno.test("a configuration that nests without end is none", async () => {
  assertEquals(await wled("[".repeat(100_000) + "]".repeat(100_000)), undefined);
  assert(await wled("[".repeat(60) + "]".repeat(60)) !== undefined);
});

Deno.test("doing it twice changes nothing, whatever the text", async () => {
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
    ": ",
    " = ",
    "Authorization: Bearer ",
    ":local pass ",
    "?token=",
    "http-header-field=",
    ",X-Api-Key:",
    "-----BEGIN PRIVATE KEY-----",
    "/bot1234567:",
    "abcdefghij".repeat(3),
  ];
  pieces.push("x://", "<secret:01234567>", "# 2026-11-22 10:00:00 by ", "\r\n", "\ufeff", "\x1b[", ";", "/ip address");
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: random.int(14) }, () => random.pick(pieces)).join("");
    const once = await routerOs(text);
    assertEquals(await routerOs(once), once, JSON.stringify(text));
  }
  for (let round = 0; round < 500; round++) {
    const once = await wled(JSON.stringify({ cfg: randomValue(random, 4), presets: randomValue(random, 3) }));
    assert(once !== undefined);
    assertEquals(await wled(once), once);
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

Deno.test("hostile texts are normalised in time that grows with their length", async () => {
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
      'password=\\"x\\" ',
      'password="x" ',
      "x://b@",
      "x://b:",
      "key: ",
      '"',
      "?key=",
      "/bot1234567:",
      "-----BEGIN PRIVATE KEY-----",
      "http-header-field=",
      'http-header-field="key:"',
      "key:a,b:",
      'Authorization:\\"a',
    ]
  ) {
    assert((await routerOs(part.repeat(size / part.length))).length > 0, part);
  }
});

Deno.test("a name of digits is read at once", async () => {
  const name = `${"1".repeat(200)}x`;
  assertEquals(await routerOs(`add ${name}=a`), `add ${name}=a\n`);
  assert((await wled(`{"${"1".repeat(400_000)}x":1}`))?.includes("x"));
});

Deno.test("others have their turn while a long text is normalised", async () => {
  let turns = 0;
  const after = (callback: () => void) => {
    turns++;
    queueMicrotask(callback);
  };
  const breathe = createBreathe({ after }, 100_000);
  const rule = 'add chain=forward comment="a rule" password=hunter2 dst-port=80\n';
  await normaliseRouterOs(`/ip firewall filter\n${rule.repeat(10_000)}`, mask, breathe);
  assert(turns >= 6, `${turns} turns in an export`);
  turns = 0;
  const presets = Object.fromEntries(
    Array.from({ length: 2000 }, (_, n) => [n, { n: `Preset ${n}`, seg: [{ id: n }] }]),
  );
  await normaliseWled(JSON.stringify({ cfg: {}, presets }), mask, breathe);
  assert(turns >= 6, `${turns} turns in files`);
});

Deno.test("keys that are numbers and keys that are not have one order, however they were sent", async () => {
  const keys = ["10", "9", "1a", "01", "1", "a"];
  const text = (order: readonly string[]) => wled(`{${order.map((key) => `"${key}":1`).join(",")}}`);
  for (let turn = 0; turn < keys.length; turn++) {
    assertEquals(await text([...keys.slice(turn), ...keys.slice(0, turn)]), await text(keys));
    assertEquals(await text([...keys.slice(turn), ...keys.slice(0, turn)].reverse()), await text(keys));
  }
});

Deno.test("a short text that would be written as one a hundred times as long is none", async () => {
  const nested = `${"[".repeat(60)}${"]".repeat(60)},`;
  assertEquals(await wled(`{"cfg":[${nested.repeat(4000)}1]}`), undefined);
});

Deno.test("a line with thousands of secrets is one", async () => {
  const line = Array.from({ length: 5000 }, (_, n) => `password=p${n}`).join(" ");
  const once = await routerOs(`/ppp secret\nadd ${line}\nadd name=x\n`);
  assertMatch(once, /^\/ppp secret\n<secret:[0-9a-f]{8}>\nadd name=x\n$/);
  assertNotEquals(await routerOs(`/ppp secret\nadd ${line}1\nadd name=x\n`), once);
});
