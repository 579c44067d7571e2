import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { existsSync } from "node:fs";
import { KEYS } from "../../src/config/keys.ts";
import { VERSION } from "../../src/version.ts";
import { type Ended, processTest } from "../support/process.ts";

/** Refused with exit code 2, a line for each problem, and no stack. */
function assertRefused({ code, stdout, stderr }: Ended, said: RegExp, problems = 1): void {
  assertEquals([code, stdout], [2, ""], stderr);
  assertMatch(stderr, said);
  assertEquals(stderr.split("\n").filter((line) => line.startsWith("lumenlog: ")).length, problems, stderr);
  assert(!/\bat .*\.(ts|mjs):\d+/.test(stderr), stderr);
}

processTest("--help tells every setting, --version the version, and neither touches anything", async ({ run, dir }) => {
  const help = await run({ args: ["--help"] });
  assertEquals([help.code, help.stderr], [0, ""]);
  for (const { env } of Object.values(KEYS)) assertStringIncludes(help.stdout, env);
  const version = await run({ args: ["--version", "--nonsense"] });
  assertEquals([version.code, version.stdout, version.stderr], [0, `lumenlog ${VERSION}\n`, ""]);
  const keys = await run({ args: ["keys", "--help"] });
  assertEquals([keys.code, keys.stdout.includes("keys revoke LABEL")], [0, true]);
  assertEquals(existsSync(`${dir}/data`), false);
});

processTest(
  "a command line that cannot be right ends with 2, what is wrong, and nothing done",
  async ({ run, dir }) => {
    const wrong: readonly (readonly [args: readonly string[], said: RegExp])[] = [
      [["--prot", "0"], /Cannot use --prot: no such flag.*--port/],
      [["-p", "0"], /Cannot use -p: no such flag/],
      [["--port", "99999"], /--port "99999": must be a whole number from 0 to 65535/],
      [["--port", "eighty"], /--port "eighty"/],
      [["--port=-1"], /--port "-1"/],
      [["--port", "1", "--port", "2"], /--port: it is given twice/],
      [["--host", "not a host"], /--host "not a host"/],
      [["--log-level", "loud"], /--log-level "loud": must be debug, info, warning or error/],
      [["--trusted-proxies", "10.0.0.0/33"], /--trusted-proxies.*10\.0\.0\.0\/33/],
      [["--tls-cert", "cert.pem"], /LUMENLOG_TLS_KEY is not set/],
      [["--tls-cert", "/nowhere/cert.pem", "--tls-key", "/nowhere/key.pem"], /--tls-cert "\/nowhere\/cert\.pem": /],
      [["--config", "/nowhere/lumenlog.json"], /\/nowhere\/lumenlog\.json/],
      [["demo", "--fresh"], /in the one-file program/],
      [["serv"], /"serv": no such command.*serve/],
      [["serve", "now"], /"now"/],
      [["keys"], /add, list or revoke/],
      [["keys", "remove", "desk"], /"keys remove": no such command/],
      [["keys", "add"], /label of the key is missing/],
      [["keys", "add", "desk", "--role", "owner"], /--role: must be viewer, operator or admin/],
      [["keys", "revoke", "a", "b"], /one label/],
      [["--token", "SECRET-SECRET-SECRET"], /Cannot use --token: no such flag/],
    ];
    for (const [args, said] of wrong) {
      const ended = await run({ args });
      assertRefused(ended, said);
      assert(!ended.stderr.includes("SECRET"), ended.stderr);
    }
    assertEquals(existsSync(`${dir}/data`), false);
  },
);

processTest("a wrong setting of the environment is named, every one of them", async ({ run }) => {
  const env = { LUMENLOG_PORT: "http", LUMENLOG_ALLOWED_ORIGINS: "lights.example.org", LUMENLOG_SITE: "my site" };
  const ended = await run({ args: [], env });
  assertRefused(ended, /LUMENLOG_PORT/, 3);
  for (const name of Object.keys(env)) assertStringIncludes(ended.stderr, name);
});

processTest("wrong declared keys end the start with 2, and no part of a token is shown", async ({ run, dir }) => {
  const wrong: Readonly<Record<string, RegExp>> = {
    "desk:owner:SECRET-SECRET-SECRET": /LUMENLOG_API_KEYS.*entry 1: the role/,
    "SECRET-SECRET-SECRET": /LUMENLOG_API_KEYS.*entry 1: must be label:role:token/,
    "desk:admin:SECRET": /LUMENLOG_API_KEYS.*shorter than 16/,
    "system:admin:SECRET-SECRET-SECRET": /LUMENLOG_API_KEYS.*reserved/,
    "a:admin:SECRET-SECRET-SECRET,b:viewer:SECRET-SECRET-SECRET": /LUMENLOG_API_KEYS.*entry 2: the same token/,
  };
  for (const [LUMENLOG_API_KEYS, said] of Object.entries(wrong)) {
    for (const args of [["--port", "0"], ["keys", "list"]]) {
      const ended = await run({ args, env: { LUMENLOG_API_KEYS } });
      assertRefused(ended, said);
      assert(!ended.stderr.includes("SECRET"), ended.stderr);
    }
  }
  assertEquals(existsSync(`${dir}/data/server.json`), false);
});

processTest("a declared label that the database has or had ends the start with 2", async ({ run }) => {
  assertEquals((await run({ args: ["keys", "add", "desk"] })).code, 0);
  const env = { LUMENLOG_API_KEYS: "desk:admin:SECRET-SECRET-SECRET" };
  for (const args of [["--port", "0"], ["keys", "list"]]) {
    assertRefused(await run({ args, env }), /Cannot declare API key "desk".*never reused/);
  }
});

processTest("a second server is refused with 2 and told who is there; the first goes on", async ({ start, run }) => {
  const server = await start();
  const second = await run({ args: ["--port", "0"] });
  assertRefused(second, new RegExp(`process ${server.pid} at ${server.url}`));
  assertEquals((await fetch(`${server.url}/health`)).status, 200);
  const { code, stderr } = await server.kill("SIGTERM");
  assertEquals(code, 0, stderr);
});

processTest("a data directory that cannot be one is named, whatever the command", async ({ run, dir }) => {
  await Deno.writeTextFile(`${dir}/file`, "");
  for (const args of [["--port", "0"], ["keys", "list"], ["keys", "add", "desk"]]) {
    assertRefused(await run({ args, dataDir: "file" }), new RegExp(`Cannot use the data directory ${dir}/file`));
  }
});
