import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseArguments } from "../../src/cli/arguments.ts";
import { helpText } from "../../src/cli/help.ts";
import { KEY_NAMES, KEYS } from "../../src/config/keys.ts";

const NOWHERE = { url: null, token: null };

function parsed(...args: string[]) {
  const outcome = parseArguments(args);
  assert(outcome.ok, outcome.ok ? "" : outcome.problems.join());
  return outcome;
}

function refused(...args: string[]): string {
  const outcome = parseArguments(args);
  assert(!outcome.ok, "expected a problem");
  return outcome.problems.join("\n");
}

Deno.test("without a command the program serves, and hands on its flags", () => {
  assertEquals(parsed().command, { name: "serve" });
  assertEquals(parsed("--port", "0").configArgs, ["--port=0"]);
  assertEquals(parsed("serve", "--host=::1", "--allowed-hosts", "a", "--allowed-hosts", "b"), {
    ok: true,
    command: { name: "serve" },
    configArgs: ["--host=::1", "--allowed-hosts=a", "--allowed-hosts=b"],
  });
});

Deno.test("keys add takes a label, a role, an end and a server", () => {
  assertEquals(parsed("keys", "add", "desk").command, {
    name: "keys add",
    label: "desk",
    role: null,
    expiresAt: null,
    server: NOWHERE,
  });
  const args = [
    "keys",
    "add",
    "--role",
    "viewer",
    "desk",
    "--expires=2031-01-01",
    "--data-dir",
    "d",
    "--url",
    "http://x",
  ];
  assertEquals(parsed(...args, "--token", "t"), {
    ok: true,
    command: {
      name: "keys add",
      label: "desk",
      role: "viewer",
      expiresAt: "2031-01-01",
      server: { url: "http://x", token: "t" },
    },
    configArgs: ["--data-dir=d"],
  });
});

Deno.test("keys list and keys revoke", () => {
  assertEquals(parsed("keys", "list").command, { name: "keys list", server: NOWHERE });
  assertEquals(parsed("keys", "revoke", "desk").command, { name: "keys revoke", label: "desk", server: NOWHERE });
});

Deno.test("help and version win over everything else on the line", () => {
  assertEquals(parsed("--help").command, { name: "help", topic: "lumenlog" });
  assertEquals(parsed("help").command, { name: "help", topic: "lumenlog" });
  assertEquals(parsed("keys", "--help").command, { name: "help", topic: "keys" });
  assertEquals(parsed("keys", "add", "-h").command, { name: "help", topic: "keys" });
  assertEquals(parsed("--nonsense", "--version").command, { name: "version" });
});

Deno.test("what cannot be done is refused with what was probably meant", () => {
  assertEquals(refused("sevre"), 'Cannot run "sevre": no such command; did you mean serve?');
  assertEquals(refused("keys"), "Cannot run keys alone: add, list or revoke?");
  assertEquals(refused("keys", "revke", "x"), 'Cannot run "keys revke": no such command; did you mean keys revoke?');
  assertEquals(refused("keys", "add"), "Cannot run keys add: the label of the key is missing");
  assertEquals(refused("keys", "add", "a", "b"), "Cannot run keys add: it takes one label");
  assertEquals(refused("keys", "add", "a", "--role=root"), "Cannot use --role: must be viewer, operator or admin");
  assertEquals(refused("serve", "x"), 'Cannot use "x": serve takes flags only');
  assertEquals(refused("keys", "list", "--rolle", "x"), "Cannot use --rolle: no such flag");
  assertEquals(refused("--url", "http://x"), "Cannot use --url: no such flag");
});

Deno.test("the help names every setting", () => {
  const text = helpText("lumenlog");
  for (const name of KEY_NAMES) {
    assertStringIncludes(text, KEYS[name].env);
    assertEquals(text.includes(`--${name.replaceAll("_", "-")} `), KEYS[name].flag, name);
  }
  assertStringIncludes(helpText("keys"), "keys revoke LABEL");
});
