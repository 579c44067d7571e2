import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { KEY_NAMES, KEYS } from "../../src/config/keys.ts";
import { problemsOf } from "./support.ts";

/** By environment variable: values that must be refused. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  LUMENLOG_HOST: ["127.0.0.1:80", "999.1.1.1", "2130706433", "a b", "http://x", "[::1", "x/y", "-x"],
  LUMENLOG_PORT: ["65536", "-1", "8420.5", "0x10", "1e3", "port", "٣"],
  LUMENLOG_DATA_DIR: ["a\0b"],
  LUMENLOG_DATABASE_URL: [
    "file:/tmp/x.db",
    "/tmp/x.db",
    ":memory:",
    "wss://x",
    "libsql://",
    "postgres://x",
    "https://",
  ],
  LUMENLOG_SITE: ["two words", "ü", "x".repeat(65), "a/b"],
  LUMENLOG_ALLOWED_HOSTS: ["https://x", "a b", "ok.example,x/y"],
  LUMENLOG_ALLOWED_ORIGINS: ["lights.example.org", "https://x/", "https://x/path", "null", "*", "https://u@x"],
  LUMENLOG_TRUSTED_PROXIES: ["10.0.0.0/33", "proxy.example.org", "10.0.0.0/", "::1/129"],
  LUMENLOG_MDNS_INTERFACE: ["eth0", "192.168.1.0/24"],
  LUMENLOG_DISCOVERY: ["true", "1", "ON", "yes"],
  LUMENLOG_ANNOUNCE: ["false", "0", "Off"],
  LUMENLOG_DEVICE_CHECK_SECONDS: ["0", "3601", "1.5", "-1", "5s"],
  LUMENLOG_REPLICA_URL: ["x", "file:x.db"],
  LUMENLOG_UPDATE_URL: [
    "http://releases.example.org/m.json",
    "https://user:secret@releases.example.org/m.json",
    "http://10.0.0.1/m.json",
    "file:///m.json",
    "releases.example.org",
  ],
  LUMENLOG_UPDATE_KEY: ["x", "AAAA", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"],
  LUMENLOG_SUPERVISED: ["on", "Auto", "true"],
  LUMENLOG_LOG_LEVEL: ["warn", "INFO", "constructor"],
  LUMENLOG_LOG_FORMAT: ["text", "JSON"],
};

for (const [key, values] of Object.entries(REFUSED)) {
  Deno.test(`${key} refuses what it cannot be, and names itself`, () => {
    for (const value of values) {
      const problems = problemsOf({ env: { [key]: value } });
      assertEquals(problems.length, 1, `${value}: ${problems.join("; ")}`);
      assertStringIncludes(problems[0] ?? "", `Cannot use ${key}`);
    }
  });
}

Deno.test("a place of new versions without the key of who makes them is refused", () => {
  const [problem = "", ...others] = problemsOf({ env: { LUMENLOG_UPDATE_URL: "https://releases.example.org/m.json" } });
  assertEquals(others, []);
  assertStringIncludes(problem, "LUMENLOG_UPDATE_KEY is not set");
});

Deno.test("a message says where the value was set", () => {
  const files = { "/etc/l.json": { port: 70000 } };
  const at = (given: Parameters<typeof problemsOf>[0]) => problemsOf(given)[0];
  const must = "must be a whole number from 0 to 65535";
  assertEquals(at({ args: ["--port", "x"] }), `Cannot use --port "x": ${must}`);
  assertEquals(at({ env: { LUMENLOG_PORT: "x" } }), `Cannot use LUMENLOG_PORT "x": ${must}`);
  assertEquals(at({ args: ["--config=/etc/l.json"], files }), `Cannot use "port" in /etc/l.json "70000": ${must}`);
});

Deno.test("all problems are told at once", () => {
  const problems = problemsOf({ args: ["--port", "x", "--site", "a b"], env: { LUMENLOG_LOG_LEVEL: "loud" } });
  assertEquals(problems.length, 3);
});

Deno.test("an unknown flag is refused with the one that was probably meant", () => {
  assertEquals(problemsOf({ args: ["--prot", "80"] }), ["Cannot use --prot: no such flag; did you mean --port?"]);
  assertEquals(problemsOf({ args: ["--data_dir=x"] }), [
    "Cannot use --data_dir: no such flag; did you mean --data-dir?",
  ]);
  assertEquals(problemsOf({ args: ["--wonderful"] }), ["Cannot use --wonderful: no such flag"]);
  assertEquals(problemsOf({ args: ["-p", "80"] }), ["Cannot use -p: no such flag"]);
  assertEquals(problemsOf({ args: ["--constructor"] }), ["Cannot use --constructor: no such flag"]);
});

Deno.test("a flag without its value, or twice, or a stray word is refused", () => {
  assertEquals(problemsOf({ args: ["--port"] }), ["Cannot use --port: it needs a value"]);
  assertEquals(problemsOf({ args: ["--port", "--site", "x"] }), ["Cannot use --port: it needs a value"]);
  assertEquals(problemsOf({ args: ["--port", "1", "--port", "2"] }), ["Cannot use --port: it is given twice"]);
  assertEquals(problemsOf({ args: ["hello"] }), ['Cannot use "hello": it is no flag']);
});

Deno.test("the file must be there, be JSON, and hold known keys of the right type", () => {
  const at = (content: unknown) => problemsOf({ args: ["--config", "f"], files: { f: content } });
  assertEquals(problemsOf({ args: ["--config", "none"] }), ['Cannot use --config "none": no such file']);
  assertEquals(at("{"), ['Cannot use --config "f": it is not valid JSON']);
  assertEquals(at("[]"), ['Cannot use --config "f": it must hold one JSON object']);
  assertEquals(at({ prt: 1 }), ['Cannot use "prt" in f: no such key; did you mean port?']);
  assertEquals(at({ "data-dir": "x" }), ['Cannot use "data-dir" in f: no such key; did you mean data_dir?']);
  assertEquals(at({ config: "g" }), ['Cannot use "config" in f: no such key']);
  assertEquals(at({ port: true }), ['Cannot use "port" in f: must be a number']);
  assertEquals(at({ site: 7 }), ['Cannot use "site" in f: must be a text']);
  assertEquals(at({ allowed_hosts: [1] }), ['Cannot use "allowed_hosts" in f: must be a list of texts']);
});

Deno.test("a certificate without its key is refused, and a key without its certificate", () => {
  const [cert] = problemsOf({ env: { LUMENLOG_TLS_CERT: "c.pem" } });
  assertEquals(cert, "Cannot use LUMENLOG_TLS_CERT alone: LUMENLOG_TLS_KEY is not set, and HTTPS needs both");
  const [key] = problemsOf({ args: ["--tls-key", "k.pem"] });
  assertEquals(key, "Cannot use --tls-key alone: LUMENLOG_TLS_CERT is not set, and HTTPS needs both");
});

Deno.test("no message repeats a secret", () => {
  const secret = "hunter2hunter2hunter2";
  const cases = [
    problemsOf({ args: ["--api-keys", secret] }),
    problemsOf({ args: [`--database-auth-token=${secret}`] }),
    problemsOf({ args: ["--unknown", secret] }),
    problemsOf({ env: { LUMENLOG_DATABASE_URL: `libsql://user:${secret}@x` } }),
    problemsOf({ env: { LUMENLOG_DATABASE_URL: `libsql://x?authToken=${secret}` } }),
    problemsOf({ env: { LUMENLOG_REPLICA_URL: secret } }),
    problemsOf({ args: ["--config=f"], files: { f: `{"api_keys": ${secret}}` } }),
    problemsOf({ args: ["--config=f"], files: { f: { api_keys: { secret } } } }),
  ];
  for (const problems of cases) assert(!problems.join().includes(secret), problems.join());
});

Deno.test("a secret as a flag is refused with the place where it belongs", () => {
  for (const name of KEY_NAMES.filter((key) => !KEYS[key].flag)) {
    const [problem = ""] = problemsOf({ args: [`--${name.replaceAll("_", "-")}`, "x"] });
    assertStringIncludes(problem, `set ${KEYS[name].env} or "${name}" in the file`);
  }
});
