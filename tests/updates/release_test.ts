import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { parseManifest } from "../../src/updates/manifest.ts";
import { isSigned, parseReleaseKey } from "../../src/updates/signature.ts";
import { ROOT } from "../runtime/runtimes.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { otherKey, sha256 } from "./release_server.ts";

const TASK: string = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json"))).tasks.release.command;

/** Runs the task's own command, with these arguments behind it. */
async function release(cwd: string, ...args: readonly string[]) {
  const words = TASK.split(" ").slice(1).map((word) => word === "build/release.ts" ? join(ROOT, word) : word);
  const command = new Deno.Command(Deno.execPath(), { args: [...words, "--", ...args], cwd });
  const { code, stdout, stderr } = await command.output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

const BASE = ["--url-base", "https://releases.example.org/files/", "--output", "list.json"] as const;

Deno.test("the release task makes a key, and a list that servers accept; other versions stay in it", async () => {
  await withTempDir(async (dir) => {
    const made = await release(dir, "--make-key", "release.pem");
    assertEquals([made.code, made.stderr], [0, ""]);
    assertEquals((await Deno.stat(join(dir, "release.pem"))).mode! & 0o777, 0o600);
    const text = /^LUMENLOG_UPDATE_KEY=(\S+)$/m.exec(made.stdout)?.[1] ?? "";
    const key = parseReleaseKey(text);
    assert(key !== undefined, made.stdout);
    assertEquals((await release(dir, "--make-key", "release.pem")).code, 1, "a key is never written over");

    await Deno.writeTextFile(join(dir, "notes.md"), "Quieter nights.\n");
    for (const name of ["lumenlog-linux-x64", "lumenlog-windows-x64.exe"]) {
      await Deno.writeTextFile(join(dir, name), name);
    }
    const files = ["lumenlog-linux-x64", "lumenlog-windows-x64.exe"];
    const common = ["--key", "release.pem", "--notes", "notes.md", ...BASE];
    for (const [version, channel] of [["1.0.0", "stable"], ["1.1.0-rc.1", "pre"], ["1.0.0", "stable"]] as const) {
      const { code, stderr } = await release(dir, ...common, "--version", version, "--channel", channel, ...files);
      assertEquals([code, stderr], [0, ""]);
    }
    const { releases } = parseManifest(await Deno.readFile(join(dir, "list.json")));
    assertEquals(releases.map(({ version, channel, notes }) => [version, channel, notes]), [
      ["1.1.0-rc.1", "pre", "Quieter nights."],
      ["1.0.0", "stable", "Quieter nights."],
    ]);
    for (const found of releases) {
      assertEquals(Object.keys(found.targets), ["linux-x64", "windows-x64"]);
      for (const [target, artifact] of Object.entries(found.targets)) {
        const name = `lumenlog-${target}${target.startsWith("windows") ? ".exe" : ""}`;
        assertEquals(artifact.url, `https://releases.example.org/files/${name}`);
        assertEquals([artifact.size, artifact.sha256], [name.length, sha256(new TextEncoder().encode(name))]);
        assert(isSigned(key, found, target, artifact));
        assert(!isSigned(key, found, "linux-arm64", artifact));
        assert(!isSigned(key, { ...found, notes: "" }, target, artifact));
      }
    }
  });
});

Deno.test("the release task refuses what servers would not take, and says why", async () => {
  await withTempDir(async (dir) => {
    await release(dir, "--make-key", "release.pem");
    await Deno.writeTextFile(join(dir, "rsa.pem"), "no key");
    for (const name of ["notes.md", "lumenlog-linux-x64", "other"]) await Deno.writeTextFile(join(dir, name), name);
    const all = ["--key", "release.pem", "--version", "1.0.0", "--notes", "notes.md", ...BASE, "lumenlog-linux-x64"];
    const replaced = (from: string, to: string) => all.map((word) => word === from ? to : word);
    const without = (flag: string) => all.toSpliced(all.indexOf(flag), 2);
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [without("--key"), "without --key"],
      [without("--notes"), "without --notes"],
      [replaced("1.0.0", "v1"), "it is no version"],
      [[...all, "--channel", "nightly"], "must be stable or pre"],
      [replaced("lumenlog-linux-x64", "other"), "its name is not"],
      [replaced("https://releases.example.org/files/", "http://releases.example.org"), "https://"],
      [all.slice(0, -1), "no files"],
    ];
    for (const [args, words] of wrong) {
      const { code, stderr } = await release(dir, ...args);
      assertEquals(code, 1, words);
      assertStringIncludes(stderr, words);
    }
    assertEquals((await release(dir, ...replaced("release.pem", "rsa.pem"))).code, 1);
    assertEquals([...Deno.readDirSync(dir)].some(({ name }) => name === "list.json"), false);
  });
});

Deno.test("a public key may be given as base64 or as PEM, on one line too; no other kind is taken", async () => {
  const { createPublicKey, generateKeyPairSync } = await import("node:crypto");
  const publicKey = createPublicKey(otherKey());
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const raw = publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
  for (const text of [pem, pem.replaceAll("\n", "\\n"), raw]) assertMatch(parseReleaseKey(text)?.type ?? "", /public/);
  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ type: "spki", format: "pem" });
  for (const text of [rsa.toString(), raw.slice(1), `${raw}=`, "", "-----BEGIN"]) {
    assertEquals(parseReleaseKey(text), undefined);
  }
});
