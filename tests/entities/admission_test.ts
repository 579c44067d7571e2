import { assert, assertEquals } from "@std/assert";
import { admitDevice } from "../../src/devices/admission.ts";
import type { Outside } from "../../src/entities/definition.ts";
import { created } from "./samples.ts";

const OFFLINE: Outside = { resolve: () => Promise.resolve([]), readJson: () => Promise.resolve(undefined) };

const wled = (body: Record<string, unknown> = {}) =>
  created("device", { device_type: "wled", url: "http://10.0.0.1", ...body }).fields;

async function ledCount(fields: Record<string, unknown>, outside: Partial<Outside>) {
  const admission = await admitDevice(wled(fields), fields, { ...OFFLINE, ...outside });
  return admission.ok && admission.fields["led_count"];
}

Deno.test("the number of LEDs is read from a WLED controller when the client leaves it out", async () => {
  const asked: unknown[] = [];
  const readJson: Outside["readJson"] = (url, limits) => {
    asked.push(url, limits);
    return Promise.resolve({ ver: "0.15.4", leds: { count: 144, pwr: 1 } });
  };
  assertEquals(await ledCount({}, { readJson }), 144);
  assertEquals(asked, ["http://10.0.0.1/json/info", { ms: 2500, bytes: 65_536 }]);
  assertEquals(await ledCount({ led_count: null }, { readJson }), 144);
  assertEquals(asked.length, 4);
  assertEquals(await ledCount({ led_count: 7 }, { readJson }), 7);
  assertEquals(asked.length, 4);
});

Deno.test("a device that does not tell has 30 LEDs", async () => {
  const answers = [undefined, null, [], "x", {}, { leds: 3 }, { leds: { count: "9" } }, { leds: { count: 0 } }, {
    leds: { count: 1e9 },
  }];
  for (const answer of answers) assertEquals(await ledCount({}, { readJson: () => Promise.resolve(answer) }), 30);
});

Deno.test("types other than wled are not asked", async () => {
  const readJson = () => Promise.resolve({ leds: { count: 9 } });
  for (const body of [{ device_type: "ddp", url: "ddp://10.0.0.1" }, { device_type: "virtual", url: null }]) {
    assertEquals(await ledCount(body, { readJson }), 30);
  }
});

Deno.test("a name is refused when any of its addresses is public, before anything is read from it", async () => {
  const named = { url: "http://desk.example" };
  const readJson = () => Promise.reject(new Error("must not be read"));
  for (const addresses of [["8.8.8.8"], ["10.0.0.1", "2001:db8::1"], ["::ffff:8.8.8.8"], ["nonsense"]]) {
    const outside = { resolve: () => Promise.resolve(addresses), readJson };
    assertEquals(await admitDevice(wled(named), named, outside), {
      ok: false,
      problems: [{ field: "url", message: "must name a host with a private, link-local or loopback address" }],
    });
  }
});

Deno.test("a name is accepted when it leads into the LAN or nowhere", async () => {
  for (const addresses of [["192.168.1.2", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "::1"], []]) {
    const asked: string[] = [];
    const resolve = (host: string) => {
      asked.push(host);
      return Promise.resolve(addresses);
    };
    assertEquals(await ledCount({ url: "http://Desk.local:81" }, { resolve }), 30);
    assertEquals(asked, ["desk.local"]);
  }
});

Deno.test("a literal address is not looked up", async () => {
  assertEquals(await ledCount({}, { resolve: () => Promise.reject(new Error("must not be asked")) }), 30);
});

Deno.test("nobody waits for a name server or device that never answers", async () => {
  const never = new Promise<never>(() => {});
  const started = Date.now();
  const counts = await Promise.all([
    ledCount({ url: "http://desk.local" }, { resolve: () => never }),
    ledCount({}, { readJson: () => never }),
    ledCount({ url: "http://desk.local", led_count: 5 }, { resolve: () => never }),
  ]);
  assertEquals(counts, [30, 30, 5]);
  assert(Date.now() - started < 3_000);
});
