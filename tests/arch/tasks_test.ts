import { assert, assertEquals } from "@std/assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PERMISSIONS } from "../../build/compile_flags.ts";
import { ROOT } from "./source.ts";

interface Task {
  readonly description?: string;
  readonly command?: string;
}

const { tasks }: { tasks: Readonly<Record<string, Task>> } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
const commandOf = (name: string) => tasks[name]?.command ?? "";
const permissionsOf = (command: string) => command.split(" ").filter((word) => word.startsWith("--allow-")).sort();
const takesEverything = (command: string) => /(?:^|\s)(?:-A|--allow-all|-[a-z]*A[a-z]*)(?:\s|$)/.test(command);

Deno.test("every task says what it does and names the permissions that it needs", () => {
  for (const [name, { description = "", command = "" }] of Object.entries(tasks)) {
    assert(description.length > 10, `task ${name} has no description`);
    assert(!takesEverything(command), `task ${name} takes every permission`);
  }
  assert(takesEverything("deno run -A x.ts") && takesEverything("deno run --allow-all x.ts"));
});

Deno.test("the server may do the same however it is started, and starts no programs but two", () => {
  const expected = permissionsOf(commandOf("start"));
  assert(expected.length > 0);
  for (const name of ["dev", "lumenlog"]) assertEquals(permissionsOf(commandOf(name)), expected, name);
  const programs = expected.filter((permission) => permission.startsWith("--allow-run"));
  assertEquals(programs, ["--allow-run=adb,ssh"]);
  assert(expected.includes("--allow-ffi=node_modules"), "native code from elsewhere");
});

Deno.test("the one file may do the same, but with files anywhere, and start itself under whatever name it has", () => {
  const kinds = (permissions: readonly string[]) =>
    permissions.map((permission) => permission.replace(/^(--allow-(?:ffi|read|write|run))=.*/, "$1"));
  assertEquals([...PERMISSIONS].sort(), kinds(permissionsOf(commandOf("start"))).sort());
});

Deno.test("ok is format, lint, check, build and test, and nothing else", () => {
  assertEquals(commandOf("ok").split(" && "), [
    "deno fmt --check",
    "deno task lint",
    "deno task check",
    "deno task build",
    "deno task test",
  ]);
});

Deno.test("test runs what needs a browser too, after everything else and apart from it", () => {
  const [first = "", ...rest] = commandOf("test").split(" && ");
  assert(first.split(" ").includes("--ignore=tests/browser"), first);
  assertEquals(rest, ["deno task test:browser"]);
  assertEquals(commandOf("test:browser").split(" ").at(-1), "tests/browser");
});
