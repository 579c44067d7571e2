import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { parseArguments } from "../../src/cli/arguments.ts";
import { COMMAND_FLAGS, FLAG_HELP, type FlaggedCommand, flagsOf } from "../../src/cli/command_flags.ts";
import { completionText, SHELLS } from "../../src/cli/completion.ts";
import { KEY_NAMES, KEYS } from "../../src/config/keys.ts";
import { isInstalled, testWhere } from "../packaging/files.ts";
import { withTempDir } from "../support/temp_dir.ts";

const missing = (shell: string) => isInstalled(shell, "-c", ":") ? undefined : `${shell} is not installed`;

/** What the shell says to a script that finds the completion in `$1`. */
async function run(shell: readonly string[], script: string): Promise<string> {
  let said = "";
  await withTempDir(async (dir) => {
    const file = join(dir, "lumenlog");
    await Deno.writeTextFile(file, completionText(shell[0] === "zsh" ? "zsh" : shell[0] === "fish" ? "fish" : "bash"));
    await Deno.writeTextFile(join(dir, "november.csv"), "");
    const { success, stdout, stderr } = await new Deno.Command(shell[0]!, {
      args: [...shell.slice(1), "-c", script, "script", file],
      cwd: dir,
      env: { HOME: dir, XDG_CONFIG_HOME: dir, XDG_DATA_HOME: dir, TERM: "dumb" },
    }).output();
    said = new TextDecoder().decode(stdout);
    assert(success, said + new TextDecoder().decode(stderr));
    assertEquals(new TextDecoder().decode(stderr), "");
  });
  return said;
}

/** What bash offers for the last of these words. */
async function offeredByBash(...words: readonly string[]): Promise<readonly string[]> {
  const list = words.map((word) => `'${word}'`).join(" ");
  const script = `source "$1"
    COMP_WORDS=(lumenlog ${list}); COMP_CWORD=${words.length}
    _lumenlog 2>/dev/null
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  return (await run(["bash", "--norc"], script)).split("\n").filter((line) => line !== "");
}

testWhere(missing("bash"), "bash completes commands, flags and their values", async () => {
  assertStringIncludes(await run(["bash", "--norc"], 'source "$1"; complete -p lumenlog'), "-F _lumenlog");
  assertEquals(await offeredByBash(""), ["serve", "export", "keys", "backup", "demo", "completion", "help"]);
  assertEquals(await offeredByBash("backup", ""), ["create", "list", "download", "restore"]);
  assertEquals(await offeredByBash("backup", "restore", "x", "--k"), ["--keys"]);
  assertEquals(await offeredByBash("keys", ""), ["add", "list", "revoke"]);
  assertEquals(await offeredByBash("keys", "add", "desk", "--ro"), ["--role"]);
  assertEquals(await offeredByBash("keys", "add", "--role", ""), ["viewer", "operator", "admin"]);
  // This is how bash splits `--role=o`.
  assertEquals(await offeredByBash("keys", "add", "--role", "=", "o"), ["operator"]);
  assertEquals(await offeredByBash("keys", "add", "--role", "="), ["viewer", "operator", "admin"]);
  assertEquals(await offeredByBash("keys", "revoke", "--ro"), []);
  assertEquals(await offeredByBash("--log-l"), ["--log-level"]);
  assertEquals(await offeredByBash("serve", "--log-level", "w"), ["warning"]);
  assertEquals(await offeredByBash("export", "--output", "nov"), ["november.csv"]);
  assertEquals(await offeredByBash("serve", "--host", "n"), []);
  assertEquals(await offeredByBash("completion", ""), ["bash", "zsh", "fish", "--help", "--version"]);
});

testWhere(missing("bash"), "bash offers every flag that a command takes, and no other", async () => {
  // Object.keys forgets the type of a closed Record; this restores it.
  for (const name of Object.keys(COMMAND_FLAGS) as FlaggedCommand[]) {
    const offered = await offeredByBash(...name.split(" "), "--");
    assertEquals([...offered].sort(), Object.keys(flagsOf(name)).map((flag) => `--${flag}`).sort(), name);
  }
});

testWhere(missing("zsh"), "zsh takes the script, sourced or as a function of its own", async () => {
  const script = 'autoload -U compinit; compinit -D; source "$1"; print -r -- $_comps[lumenlog]';
  assertEquals(await run(["zsh", "-f"], script), "_lumenlog\n");
  assertEquals(completionText("zsh").split("\n")[0], "#compdef lumenlog");
});

testWhere(missing("fish"), "fish completes commands, flags and their values", async () => {
  const offered = async (line: string) => {
    const said = await run(["fish", "--no-config"], `source $argv[2]; complete -C '${line}'`);
    return said.split("\n").filter((text) => text !== "").map((text) => text.split("\t")[0]);
  };
  assertEquals((await offered("lumenlog ")).sort(), [
    "backup",
    "completion",
    "demo",
    "export",
    "help",
    "keys",
    "serve",
  ]);
  assertEquals((await offered("lumenlog backup ")).sort(), ["create", "download", "list", "restore"]);
  assertEquals((await offered("lumenlog keys ")).sort(), ["add", "list", "revoke"]);
  assertEquals((await offered("lumenlog keys add --role ")).sort(), ["admin", "operator", "viewer"]);
  assertEquals(await offered("lumenlog keys revoke --ro"), []);
  assertEquals(await offered("lumenlog --log-l"), ["--log-level"]);
  assertEquals(await offered("lumenlog export --output nov"), ["november.csv"]);
});

Deno.test("every flag has a word on what it is for, and the values that are offered are accepted", () => {
  for (const name of Object.keys(COMMAND_FLAGS) as FlaggedCommand[]) { // as above
    for (const flag of Object.keys(flagsOf(name))) assert(FLAG_HELP[flag] !== undefined, `${name} --${flag}`);
  }
  for (const [flag, { words }] of Object.entries(FLAG_HELP)) {
    for (const word of words) {
      const command = flag === "role"
        ? ["keys", "add", "x"]
        : KEY_NAMES.some((key) => KEYS[key].flag && key.replaceAll("_", "-") === flag)
        ? []
        : ["export"];
      assert(parseArguments([...command, `--${flag}`, word]).ok, `--${flag} ${word}`);
    }
  }
});

Deno.test("completion takes the name of one shell", () => {
  for (const shell of SHELLS) {
    const parsed = parseArguments(["completion", shell]);
    assertEquals(parsed.ok && parsed.command, { name: "completion", shell });
  }
  for (const args of [[], ["sh"], ["bash", "zsh"], ["toString"]]) {
    const parsed = parseArguments(["completion", ...args]);
    assertEquals(
      parsed.ok ? "" : parsed.problems.join(),
      "Cannot run completion: it takes one shell, which is one of bash, zsh, fish",
    );
  }
});
