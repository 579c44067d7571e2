import { assert, assertEquals } from "@std/assert";
import { timeByHand } from "../auth/by_hand.ts";
import { type AppOptions, type CallOptions, type TestApp, withApp } from "../support/app.ts";
import { makeKeys, problemIn } from "./answers.ts";

const LIST = "/api/v1/devices";
const LAN = "192.168.1.50";

/** The status of a call, and why it was rejected. */
async function outcome(app: TestApp, options: CallOptions, path = LIST): Promise<string> {
  const answer = await app.call("GET", path, options);
  return answer.ok ? "200" : `${answer.status} ${(await problemIn(answer)).reason}`;
}

const rejections = (app: TestApp) =>
  app.entries().filter(({ action }) => action === "auth.rejected").map(({ metadata }) => metadata);

type HostTable = Readonly<Record<string, readonly [withoutKey: string, withKey: string]>>;
/** What a caller on the network gets under each name, where keys exist: without one, and with one. */
const HOSTS: HostTable = {
  "localhost": ["401 token_missing", "200"],
  "localhost:8420": ["401 token_missing", "200"],
  "127.0.0.1:8420": ["401 token_missing", "200"],
  "127.9.9.9": ["401 token_missing", "200"],
  "[::1]:8420": ["401 token_missing", "200"],
  "192.168.1.10:8420": ["401 token_missing", "200"],
  "[fe80::1]:8420": ["401 token_missing", "200"],
  "studio:8420": ["401 token_missing", "200"],
  "STUDIO.:8420": ["401 token_missing", "200"],
  "lights.example.org": ["401 token_missing", "200"],
  "studio.local:8420": ["403 host_needs_key", "200"],
  "name.local": ["403 host_needs_key", "200"],
  "evil.example": ["403 host_foreign", "403 host_foreign"],
  "localhost.evil.example": ["403 host_foreign", "403 host_foreign"],
  "local": ["403 host_foreign", "403 host_foreign"],
  "name.local.evil.example": ["403 host_foreign", "403 host_foreign"],
  "127.0.0.1.evil.example": ["403 host_foreign", "403 host_foreign"],
  "user@localhost": ["403 host_malformed", "403 host_malformed"],
  "localhost:8420:1": ["403 host_malformed", "403 host_malformed"],
  "localhost:99999": ["403 host_malformed", "403 host_malformed"],
  "[::1": ["403 host_malformed", "403 host_malformed"],
  "localhost, evil.example": ["403 host_malformed", "403 host_malformed"],
  "http://localhost": ["403 host_malformed", "403 host_malformed"],
  "": ["403 host_missing", "403 host_missing"],
};

Deno.test("the server answers to addresses, its own and configured names, and to .local with a key", async () => {
  await withApp(async (app) => {
    const { viewer } = await makeKeys(app);
    for (const [host, expected] of Object.entries(HOSTS)) {
      const bare = await outcome(app, { headers: { host }, peer: LAN });
      const keyed = await outcome(app, { headers: { host }, peer: LAN, token: viewer });
      assertEquals([bare, keyed], expected, `Host: ${host}`);
    }
    assertEquals(await outcome(app, { headers: { host: null }, token: viewer }), "403 host_missing");
  }, { access: { allowedHosts: ["lights.example.org"] } });
});

Deno.test("without keys only localhost and loopback addresses are anonymous, and only from this machine", async () => {
  await withApp(async (app) => {
    const at = (host: string, peer = "127.0.0.1") => outcome(app, { headers: { host }, peer });
    for (const host of ["localhost", "localhost:8420", "LOCALHOST.", "127.0.0.1:8420", "127.1.2.3", "[::1]:8420"]) {
      assertEquals(await at(host), "200", host);
      assertEquals(await at(host, LAN), "401 no_keys", `${host} from the network`);
    }
    for (const peer of ["::1", "127.0.0.9", "::ffff:127.0.0.1"]) assertEquals(await at("localhost", peer), "200", peer);
    for (const peer of ["", "unknown", "fe80::1", "10.0.0.9"]) {
      assertEquals(await at("localhost", peer), "401 no_keys", peer);
    }
    for (const host of ["192.168.1.10", "studio", "0.0.0.0"]) assertEquals(await at(host), "401 no_keys", host);
    assertEquals(await at("name.local"), "403 host_needs_key");
    assertEquals(await at("evil.example"), "403 host_foreign");
  });
});

Deno.test("any forwarded header ends anonymity, also an empty one and one of a trusted proxy", async () => {
  const forwarded = {
    "forwarded": "for=127.0.0.1",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-host": "localhost",
    "x-forwarded-proto": "http",
    "X-Forwarded-Anything": "",
  };
  for (const access of [{}, { trustedProxies: ["127.0.0.0/8"] }]) {
    await withApp(async (app) => {
      assertEquals(await outcome(app, {}), "200");
      for (const [name, value] of Object.entries(forwarded)) {
        assertEquals(await outcome(app, { headers: { [name]: value } }), "401 no_keys", name);
      }
    }, { access });
  }
});

Deno.test("the address that a trusted proxy forwards is the client, that of anybody else is not", async () => {
  await withApp(async (app) => {
    const from = async (peer: string, headers: Readonly<Record<string, string>>) => {
      await outcome(app, { peer, headers: { host: "192.168.1.10", ...headers }, token: "ll_wrong-wrong-wrong" });
      return rejections(app).at(-1)?.["client"];
    };
    assertEquals(await from("10.0.0.1", { "x-forwarded-for": "203.0.113.9" }), "203.0.113.9");
    assertEquals(await from("10.0.0.1", { "x-forwarded-for": "198.51.100.1, 203.0.113.9, 10.0.0.2" }), "203.0.113.9");
    assertEquals(await from("10.0.0.1", { "forwarded": 'for="[2001:db8::7]:99";proto=https' }), "2001:db8::7");
    assertEquals(await from("10.0.0.1", { "x-forwarded-for": "nonsense\u00a0" }), "10.0.0.1");
    assertEquals(await from(LAN, { "x-forwarded-for": "203.0.113.9" }), LAN);
    assertEquals(await from("10.0.0.1", {}), "10.0.0.1");
  }, { access: { trustedProxies: ["10.0.0.0/24"] } });
});

Deno.test("an origin is this server's own scheme, host and port, or a configured one", async () => {
  const options: AppOptions = {
    access: { allowedOrigins: ["https://lights.example.org"], trustedProxies: ["10.0.0.1"] },
  };
  await withApp(async (app) => {
    const { viewer: token } = await makeKeys(app);
    const of = (origin: string, more: CallOptions = {}) =>
      outcome(app, { token, ...more, headers: { origin, ...more.headers } });
    for (const origin of ["http://localhost:8420", "HTTP://LOCALHOST:8420", "https://lights.example.org:443"]) {
      assertEquals(await of(origin), "200", origin);
    }
    const foreign = [
      "http://localhost",
      "https://localhost:8420",
      "http://127.0.0.1:8420",
      "http://lights.example.org",
    ];
    for (const origin of foreign) assertEquals(await of(origin), "403 origin_foreign", origin);
    for (const origin of ["null", "http://[::1", "", "http://localhost:8420/", "http://a@localhost:8420"]) {
      assertEquals(await of(origin), "403 origin_malformed", origin);
    }
    const headers = { host: "192.168.1.10", "x-forwarded-proto": "https" };
    assertEquals(await of("https://192.168.1.10", { peer: "10.0.0.1", headers }), "200");
    assertEquals(await of("https://192.168.1.10", { peer: LAN, headers }), "403 origin_foreign");
  }, options);
});

Deno.test("ten rejections a minute of one address are recorded, then one entry with the number of the rest", async () => {
  const time = timeByHand();
  await withApp(async (app) => {
    await makeKeys(app);
    const knock = async (peer: string, times: number) => {
      for (let n = 0; n < times; n++) assertEquals(await outcome(app, { peer }), "401 token_missing");
    };
    await knock(LAN, 13);
    await knock("192.168.1.51", 1);
    for (const host of [1, 2, 3]) await knock(`2001:db8::${host}`, 4);
    const reasons = () => rejections(app).map(({ reason, client, suppressed }) => [reason, client, suppressed]);
    assertEquals(reasons().filter(([, client]) => client === LAN).length, 10);
    assertEquals(rejections(app).length, 10 + 1 + 10);
    time.pass(59_999);
    assertEquals(rejections(app).length, 21);
    time.pass(1);
    await app.call("GET", "/health");
    // What a timer records is stored with the next turn; a change behind it in the lane is stored after it.
    await app.app.keys.create({ label: "later" });
    assertEquals(reasons().slice(21), [["throttled", LAN, 3], ["throttled", "2001:db8::/64", 2]]);
    await knock(LAN, 1);
    assertEquals(reasons().at(-1), ["token_missing", LAN, undefined]);
  }, { clock: time.clock, delay: time.turn.delay });
});

Deno.test("outsiders can cause two hundred entries a day, however many addresses they have", async () => {
  const time = timeByHand();
  await withApp(async (app) => {
    for (let n = 0; n < 230; n++) assertEquals(await outcome(app, { peer: `10.1.2.${n}` }), "401 no_keys");
    assertEquals(rejections(app).length, 200);
    time.pass(3_600_000);
    await app.call("POST", "/api/v1/gradients", { json: { name: "Later" } });
    assertEquals(rejections(app).at(-1), { reason: "throttled", client: "many addresses", suppressed: 30 });
    assert(app.entries().some(({ entity_name }) => entity_name === "Later"));
  }, { clock: time.clock, delay: time.turn.delay });
});
