import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createRunAdb } from "../../src/runtime/adb.ts";
import { bodyOf, problemIn, refusal } from "../api/answers.ts";
import { eventually } from "../runtime/waiting.ts";
import { withApp } from "../support/app.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { pretendAdb } from "./pretend_adb.ts";
import { type AdbHome, adbTest, DECLARED, homeOf, withAdbHome } from "./real_adb.ts";
import { closedAddress, startStandIn } from "./stand_in.ts";

const connected = (address: string) => [
  "anna",
  "device.adb_connected",
  `adb connected to ${address}`,
  JSON.stringify({ address }),
];
const disconnected = (address: string) => [
  "anna",
  "device.adb_disconnected",
  `adb disconnected from ${address}`,
  JSON.stringify({ address }),
];
const serialsOf = async (home: AdbHome) => {
  const { items }: { readonly items: readonly { readonly serial: string }[] } = await (await home.devices()).json();
  return items.map(({ serial }) => serial);
};

adbTest("adb connects to a device, tells of it and lets it go, and who asked for that is on record", async (home) => {
  await using device = await startStandIn();
  const { address } = device;
  assertEquals(await bodyOf(await home.devices()), { items: [], total: 0 });
  assertEquals(await bodyOf(await home.post("connect", address)), { address, already: false });
  assertEquals(home.log(), [connected(address)]);
  const item = { serial: address, state: "device", model: "Shelf_Phone" };
  assertEquals(await bodyOf(await home.devices()), { items: [item], total: 1 });
  assertEquals(await bodyOf(await home.post("connect", address)), { address, already: true });
  assertEquals(await bodyOf(await home.post("disconnect", address)), { address });
  assertEquals(await bodyOf(await home.devices()), { items: [], total: 0 });
  const refused = await problemIn(await home.post("disconnect", address));
  assertEquals([refused.status, refused.detail], [404, `Cannot disconnect adb from ${address}: it is not connected`]);
  assertEquals(home.log(), [connected(address), connected(address), disconnected(address)]);
  assertEquals(home.app.entries().find(({ actor }) => actor === "anna")?.entity_type, null);
});

adbTest("a port where nothing listens is a failure that is not on record and leaves nothing behind", async (home) => {
  const address = await closedAddress();
  const { status, detail } = await problemIn(await home.post("connect", address));
  assertEquals(status, 502);
  assertEquals(detail, `Cannot connect adb to ${address}: it cannot be reached, or nothing listens there`);
  assertEquals((await problemIn(await home.post("connect", `[::1]:${address.split(":")[1]}`))).status, 502);
  assertEquals([home.log(), await serialsOf(home)], [[], []]);
});

adbTest(
  "a port that says nothing is out of time, holds up nobody else, and adb does not go on trying",
  async (home) => {
    await using silent = await startStandIn("silent");
    await using device = await startStandIn();
    await bodyOf(await home.devices()); // adb's own server is up
    let ended = false;
    const hanging = home.post("connect", silent.address).finally(() => void (ended = true));
    await eventually("adb to try", async () => (await serialsOf(home)).includes(silent.address) || undefined);
    assertEquals(await bodyOf(await home.post("connect", device.address)), { address: device.address, already: false });
    assert((await serialsOf(home)).includes(device.address));
    assertEquals(ended, false);
    assertEquals((await hanging).status, 504);
    assertEquals([home.log(), await serialsOf(home)], [[connected(device.address)], [device.address]]);
  },
);

adbTest("a device that asks its owner first is said to, and keeps its question", async (home) => {
  await using device = await startStandIn("locked");
  for (let attempt = 0; attempt < 2; attempt++) {
    const { status, detail } = await problemIn(await home.post("connect", device.address));
    assertEquals(status, 502);
    assertStringIncludes(detail ?? "", "allow it, then connect again");
  }
  assertEquals([home.log(), await serialsOf(home)], [[], [device.address]]);
});

adbTest("a device that has gone since is no longer called connected", async (home) => {
  const device = await startStandIn();
  await bodyOf(await home.post("connect", device.address));
  await device[Symbol.asyncDispose]();
  const state = async () => JSON.stringify(await (await home.devices()).json());
  await eventually("adb to notice", async () => (await state()).includes('"device"') ? undefined : true);
  assertEquals((await problemIn(await home.post("connect", device.address))).status, 502);
  assertEquals([home.log(), await serialsOf(home)], [[connected(device.address)], []]);
});

Deno.test("what is no address of the LAN is refused, and adb is not run for it", async () => {
  const { runAdb, asked } = pretendAdb();
  await withAdbHome(runAdb, async (home) => {
    const bad = [
      ...["127.0.0.1:5555; rm -rf /", "[::1", "0x7f.1", "8.8.8.8:5555", "8.8.8.8", "-s", "--help", "-a:5555", "a b"],
      ...["127.0.0.1:5555\nkill-server", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:5555:5555", "::1", "", "$(id)"],
      ...["127.0.0.1:5037", "127.8.0.1:5037", "[::1]:5037", "[::ffff:127.0.0.1]:5037"],
      ...["[2001:db8::1]:5555", "0.0.0.0", "2130706433", "tcp:5555", "usb", "user@127.0.0.1", "x".repeat(5000)],
    ];
    for (const address of bad) {
      for (const what of ["connect", "disconnect"] as const) {
        assertEquals(await refusal(await home.post(what, address)), [422, "address"], `${what} ${address}`);
      }
    }
    assertEquals([home.log(), asked], [[], []]);
  });
});

Deno.test("a name leads to the address that was looked at, and to none outside of the LAN", async () => {
  const { runAdb, asked } = pretendAdb();
  const names: Readonly<Record<string, readonly string[]>> = {
    "phone.local": ["fd00::7", "192.168.1.7"],
    "six.local": ["fd00::7"],
    "mixed.example": ["192.168.1.7", "8.8.8.8"],
  };
  await withApp(async (app) => {
    const home = homeOf(app);
    assertEquals(await bodyOf(await home.post("connect", "Phone.local")), {
      address: "192.168.1.7:5555",
      already: false,
    });
    assertEquals((await bodyOf(await home.post("connect", "six.local:7")))["address"], "[fd00::7]:7");
    assertEquals(await refusal(await home.post("connect", "mixed.example")), [422, "address"]);
    assertEquals(await refusal(await home.post("connect", "nobody.local")), [422, "address"]);
    assertEquals(asked, [["connect", "192.168.1.7:5555"], ["connect", "[fd00::7]:7"]]);
  }, {
    declared: DECLARED,
    outside: {
      resolve: (name) => Promise.resolve(names[name] ?? []),
      readJson: () => Promise.resolve(undefined),
    },
    runAdb,
  });
});

Deno.test("where adb is not installed that is said, and nothing is on record", async () => {
  await withTempDir(async (dir) => {
    await withAdbHome(createRunAdb({ PATH: dir, HOME: dir }), async (home) => {
      for (const answer of [home.post("connect", "127.0.0.1"), home.post("disconnect", "127.0.0.1"), home.devices()]) {
        const { status, detail } = await problemIn(await answer);
        assertEquals(status, 503);
        assertStringIncludes(detail ?? "", "not installed");
      }
      assertEquals(home.log(), []);
    });
  });
});
