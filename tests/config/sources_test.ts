import { assertEquals } from "@std/assert";
import { configOf } from "./support.ts";

Deno.test("nothing set gives a server for this machine alone, on a file in ./data", () => {
  assertEquals(configOf({}), {
    host: "127.0.0.1",
    port: 8420,
    dataDir: "./data",
    database: { kind: "file" },
    apiKeys: "",
    site: "default",
    allowedHosts: [],
    allowedOrigins: [],
    trustedProxies: [],
    tls: null,
    mdnsInterface: null,
    discovery: true,
    announce: true,
    deviceCheckSeconds: 30,
    replica: { url: null, token: null },
    update: { url: null, key: null },
    supervised: "auto",
    logLevel: "info",
    logFormat: "pretty",
  });
});

Deno.test("a flag beats the environment, which beats the file, which beats the default", () => {
  const files = { "/etc/l.json": { port: 3, site: "file", host: "10.0.0.3", log_level: "debug" } };
  const env = { LUMENLOG_CONFIG: "/etc/l.json", LUMENLOG_PORT: "2", LUMENLOG_SITE: "env" };
  const { port, site, host, logLevel, dataDir } = configOf({ args: ["--port", "1"], env, files });
  assertEquals({ port, site, host, logLevel, dataDir }, {
    port: 1,
    site: "env",
    host: "10.0.0.3",
    logLevel: "debug",
    dataDir: "./data",
  });
});

Deno.test("the file of --config is read, not that of LUMENLOG_CONFIG", () => {
  const files = { a: { site: "a" }, b: { site: "b" } };
  assertEquals(configOf({ args: ["--config=a"], env: { LUMENLOG_CONFIG: "b" }, files }).site, "a");
});

Deno.test("the caller's defaults replace the built-in ones and lose to everything else", () => {
  const defaults = { data_dir: "/var/lib/lumenlog", port: "9" };
  const { dataDir, port } = configOf({ defaults, env: { LUMENLOG_PORT: "10" } });
  assertEquals({ dataDir, port }, { dataDir: "/var/lib/lumenlog", port: 10 });
});

Deno.test("an empty text counts as not set, wherever it stands", () => {
  const files = { f: { site: "", host: null } };
  const env = { LUMENLOG_PORT: "", LUMENLOG_DATABASE_URL: " ", LUMENLOG_CONFIG: "f", LUMENLOG_TLS_CERT: "" };
  const config = configOf({ args: ["--log-level", ""], env, files });
  assertEquals(config, configOf({}));
});

Deno.test("every setting can come from the environment", () => {
  const config = configOf({
    env: {
      LUMENLOG_HOST: "[::1]",
      LUMENLOG_PORT: "0",
      LUMENLOG_DATA_DIR: "/srv/lumenlog ",
      LUMENLOG_DATABASE_URL: "libsql://db.example.org",
      LUMENLOG_DATABASE_AUTH_TOKEN: "jwt",
      LUMENLOG_API_KEYS: "desk:admin:0123456789abcdef",
      LUMENLOG_SITE: "barn-2",
      LUMENLOG_ALLOWED_HOSTS: "lights.example.org, lights:8080,",
      LUMENLOG_ALLOWED_ORIGINS: "https://lights.example.org",
      LUMENLOG_TRUSTED_PROXIES: "10.0.0.0/8,::1",
      LUMENLOG_TLS_CERT: "cert.pem",
      LUMENLOG_TLS_KEY: "key.pem",
      LUMENLOG_MDNS_INTERFACE: "192.168.1.2",
      LUMENLOG_DISCOVERY: "off",
      LUMENLOG_ANNOUNCE: "off",
      LUMENLOG_DEVICE_CHECK_SECONDS: "5",
      LUMENLOG_REPLICA_URL: "https://copy.example.org",
      LUMENLOG_REPLICA_TOKEN: "copy",
      LUMENLOG_UPDATE_URL: "https://releases.example.org/lumenlog.json",
      LUMENLOG_UPDATE_KEY: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
      LUMENLOG_SUPERVISED: "yes",
      LUMENLOG_LOG_LEVEL: "warning",
      LUMENLOG_LOG_FORMAT: "json",
    },
  });
  assertEquals(config, {
    host: "::1",
    port: 0,
    dataDir: "/srv/lumenlog",
    database: { kind: "remote", url: "libsql://db.example.org", authToken: "jwt" },
    apiKeys: "desk:admin:0123456789abcdef",
    site: "barn-2",
    allowedHosts: ["lights.example.org", "lights:8080"],
    allowedOrigins: ["https://lights.example.org"],
    trustedProxies: ["10.0.0.0/8", "::1"],
    tls: { cert: "cert.pem", key: "key.pem" },
    mdnsInterface: "192.168.1.2",
    discovery: false,
    announce: false,
    deviceCheckSeconds: 5,
    replica: { url: "https://copy.example.org", token: "copy" },
    update: {
      url: "https://releases.example.org/lumenlog.json",
      key: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    },
    supervised: "yes",
    logLevel: "warning",
    logFormat: "json",
  });
});

Deno.test("a list may be given as a repeated flag, between commas, or as an array in the file", () => {
  const expected = ["a.example", "b.example"];
  assertEquals(configOf({ args: ["--allowed-hosts=a.example", "--allowed-hosts=b.example"] }).allowedHosts, expected);
  assertEquals(configOf({ args: ["--allowed-hosts", "a.example,b.example"] }).allowedHosts, expected);
  const files = { f: { allowed_hosts: expected } };
  assertEquals(configOf({ args: ["--config", "f"], files }).allowedHosts, expected);
});

Deno.test("the file may hold secrets, which have no flag", () => {
  const files = { f: { database: "http://127.0.0.1:8080", database_auth_token: "jwt", api_keys: "k", port: 0 } };
  const { database, apiKeys } = configOf({ args: ["--config", "f"], files });
  assertEquals(database, { kind: "remote", url: "http://127.0.0.1:8080", authToken: "jwt" });
  assertEquals(apiKeys, "k");
});
