import { assert, assertEquals } from "@std/assert";
import { create, created, problemsOf, wrongFields } from "./samples.ts";

const urlProblems = (device_type: string, url: unknown) => problemsOf(create("device", { device_type, url }));

Deno.test("LAN addresses and names are accepted for their scheme", () => {
  const good = {
    wled: [
      "http://192.168.1.20",
      "https://10.0.0.1",
      "http://172.16.0.1",
      "http://172.31.255.255",
      "http://169.254.3.4",
      "http://127.0.0.1:8080",
      "http://wled-desk.local",
      "http://localhost:80",
      "http://[::1]",
      "http://[fe80::1]",
      "http://[fd12:3456::1]:81",
      "http://[::ffff:192.168.1.2]",
      "http://[::ffff:c0a8:0102]",
    ],
    ddp: ["ddp://10.1.2.3", "ddp://strip.local:4048"],
    sacn: ["sacn://192.168.0.2:5568"],
    artnet: ["artnet://node_1.lan"],
    virtual: ["virtual://desk", "http://127.0.0.1:1"],
    routeros: ["ssh://192.168.88.1:22"],
  };
  for (const [device_type, urls] of Object.entries(good)) {
    for (const url of urls) assertEquals(created("device", { device_type, url }).fields["url"], url);
  }
});

Deno.test("addresses outside the LAN are refused", () => {
  const outside = [
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "192.169.0.1",
    "169.253.0.1",
    "100.64.0.1",
    "0.0.0.0",
    "[::]",
    "[2001:db8::1]",
    "[::ffff:8.8.8.8]",
    "[::ffff:808:808]",
    "[64:ff9b::a00:1]",
    "[::2]",
    "[::10.0.0.1]",
    "[fec0::1]",
  ];
  for (const host of outside) {
    assertEquals(urlProblems("wled", `http://${host}`), [
      { field: "url", message: "must be a private, link-local or loopback address" },
    ]);
  }
});

Deno.test("an address of many is refused with a reason of its own: E1.31 by multicast is common", () => {
  for (const host of ["224.0.0.1", "239.255.0.1", "255.255.255.255", "[ff02::1]", "[::ffff:239.255.0.1]"]) {
    assertEquals(urlProblems("sacn", `sacn://${host}`), [
      { field: "url", message: "must be the address of the device itself: nothing is sent by multicast or broadcast" },
    ]);
  }
});

/** Every scheme with a type of device that takes it. */
const SCHEMES = [
  ["wled", "http"],
  ["wled", "https"],
  ["ddp", "ddp"],
  ["sacn", "sacn"],
  ["artnet", "artnet"],
  ["virtual", "virtual"],
  ["virtual", "http"],
  ["routeros", "ssh"],
] as const;

Deno.test("hosts that two readers could read differently are refused", () => {
  const odd = [
    "0x7f.1",
    "2130706433",
    "127.1",
    "0177.0.0.1",
    "127.0.0.01",
    "256.1.1.1",
    "1.2.3.4.5",
    "[::1",
    "::1",
    "[fe80::1%25eth0]",
    "[fe80::1%eth0]",
    "127.0.0.1:5555; rm -rf /",
    "a..b",
    "-a.local",
    "a.local.",
    "ü.local",
    "a b",
    "10.0.0.1:0",
    "10.0.0.1:65536",
    "10.0.0.1:080",
    "10.0.0.1:",
    "",
    "x".repeat(64) + ".local",
  ];
  for (const host of odd) {
    for (const [device_type, scheme] of SCHEMES) {
      assertEquals(wrongFields(create("device", { device_type, url: `${scheme}://${host}` })), ["url"], scheme);
    }
  }
});

Deno.test("public addresses and user info are refused for every kind of device", () => {
  for (const [device_type, scheme] of SCHEMES) {
    for (const host of ["8.8.8.8", "[2001:4860:4860::8888]", "u:pa55@10.0.0.1", "pa55@[::1]"]) {
      const problems = urlProblems(device_type, `${scheme}://${host}`);
      assertEquals(problems.map(({ field }) => field), ["url"], `${scheme}://${host}`);
      assert(!JSON.stringify(problems).includes("pa55"));
    }
  }
});

Deno.test("user info in an address is refused, whatever else is wrong with it, and not repeated", () => {
  for (const url of ["http://u:pa55@10.0.0.1", "http://pa55@10.0.0.1/x", "ftp://u:pa55@h", "http://:pa55@[::1"]) {
    const problems = urlProblems("wled", url);
    assertEquals(problems, [{ field: "url", message: "must not contain a user name or password" }]);
  }
});

Deno.test("path, query, fragment and foreign schemes are refused; a final slash and capitals are not kept", () => {
  for (const rest of ["/json", "/?a=1", "?a=1", "#x", "/#", "//", "\\x"]) {
    assertEquals(wrongFields(create("device", { device_type: "wled", url: `http://10.0.0.1${rest}` })), ["url"]);
  }
  const foreign = { wled: "ddp", ddp: "http", sacn: "artnet", artnet: "sacn", virtual: "ssh", routeros: "http" };
  for (const [device_type, scheme] of Object.entries(foreign)) {
    assertEquals(urlProblems(device_type, `${scheme}://10.0.0.1`).map(({ field }) => field), ["url"]);
  }
  const { fields } = created("device", { device_type: "wled", url: "HTTP://WLED-Desk.local/" });
  assertEquals(fields["url"], "http://wled-desk.local");
});

Deno.test("only a virtual device may have no address", () => {
  for (const device_type of ["wled", "ddp", "sacn", "artnet", "routeros"]) {
    assertEquals(urlProblems(device_type, null), [{ field: "url", message: "is required for this device type" }]);
    assertEquals(wrongFields(create("device", { device_type, url: undefined })), ["url"]);
  }
  assert(create("device", { url: null }).ok);
});

Deno.test("control characters, NUL and lone surrogates in an address are refused", () => {
  for (const url of ["http://10.0.0.1\n", "http://10.0.0.1\u0000", "http://\ud800", "http://\u202e.local"]) {
    assertEquals(wrongFields(create("device", { device_type: "wled", url })), ["url"]);
  }
});

Deno.test("the universe fits the protocol", () => {
  const universe = (device_type: string, universe: number) =>
    wrongFields(create("device", { device_type, url: `${device_type}://10.0.0.1`, universe }));
  assertEquals(universe("sacn", 0), ["universe"]);
  assertEquals(universe("sacn", 63_999), []);
  assertEquals(universe("artnet", 0), []);
  assertEquals(universe("artnet", 32_768), ["universe"]);
  const strip = (device_type: string, universe: number, led_count: number) =>
    wrongFields(create("device", { device_type, url: `${device_type}://10.0.0.1`, universe, led_count }));
  assertEquals(strip("artnet", 32_766, 340), []);
  assertEquals(strip("artnet", 32_766, 341), ["universe"]);
  assertEquals(strip("sacn", 63_999, 171), ["universe"]);
  assertEquals(strip("ddp", 63_999, 10_000), []);
});

Deno.test("the colour order is one of six, in any case", () => {
  assertEquals(created("device", { rgb_order: "GRB" }).fields["rgb_order"], "grb");
  for (const rgb_order of ["rgbw", "", "rrr", null, 1]) {
    assertEquals(wrongFields(create("device", { rgb_order })), ["rgb_order"]);
  }
});

Deno.test("ssh fields can never be taken for options", () => {
  for (const ssh_user of ["-oProxyCommand=x", "a b", "a@b", "", "x".repeat(65)]) {
    assertEquals(wrongFields(create("device", { ssh_user })), ["ssh_user"]);
  }
  for (const ssh_identity of ["-F/x", "", "a\nb", "a\u0000"]) {
    assertEquals(wrongFields(create("device", { ssh_identity })), ["ssh_identity"]);
  }
  const ssh = { ssh_user: "backup", ssh_identity: "/etc/lumenlog/id_ed25519" };
  assert(create("device", { device_type: "routeros", url: "ssh://10.0.0.1", ...ssh }).ok);
});
