import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../../src/config.ts";
import { KEY_NAMES, KEYS } from "../../src/config/keys.ts";
import { parseArguments } from "../../src/cli/arguments.ts";
import { ROOT } from "../runtime/runtimes.ts";
import { withApp } from "../support/app.ts";
import { readPackaging } from "./files.ts";

const PAPER = "../docs/operations.md";
const FILES = readdirSync(join(ROOT, "packaging"));

Deno.test("the example of a configuration file is one, and sets what it says", () => {
  const text = readPackaging("lumenlog.example.json");
  const read = readConfig({ args: ["--config", "f"], env: {}, readFile: () => text });
  assert(read.ok, read.ok ? "" : read.problems.map(({ message }) => message).join("\n"));
  const { host, dataDir, deviceCheckSeconds, allowedHosts, logFormat } = read.config;
  assertEquals({ host, dataDir, deviceCheckSeconds, allowedHosts, logFormat }, {
    host: "0.0.0.0",
    dataDir: "/var/lib/lumenlog",
    deviceCheckSeconds: 30,
    allowedHosts: ["lights.example.org"],
    logFormat: "json",
  });
  assertEquals(Object.keys(JSON.parse(text)).filter((key) => KEY_NAMES.every((name) => name !== key)), []);
});

Deno.test("every setting that the packaging and its paper name exists", () => {
  const known: readonly string[] = Object.values(KEYS).map(({ env }) => env);
  let found = 0;
  for (const file of [...FILES, PAPER]) {
    for (const [name] of readPackaging(file).matchAll(/\bLUMENLOG_[A-Z_]+/g)) {
      found++;
      assert(known.includes(name), `${file} names ${name}`);
    }
  }
  assert(found > 8, `${found} settings found`);
});

Deno.test("the example of an environment file is read as it stands, also with every line switched on", () => {
  const text = readPackaging("lumenlog.env.example");
  for (const lines of [text, text.replaceAll(/^#(?=LUMENLOG)/gm, "")]) {
    const assignments = lines.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const env = Object.fromEntries(assignments.map((line) => [line.split("=")[0], line.slice(line.indexOf("=") + 1)]));
    const read = readConfig({ args: [], env, readFile: () => "{}" });
    assert(read.ok, read.ok ? "" : read.problems.map(({ message }) => message).join("\n"));
    assertEquals(read.config.host, "0.0.0.0");
  }
});

Deno.test("the program is started by commands that it knows", () => {
  const [, service = ""] = /^ExecStart=\S+ (.*)$/m.exec(readPackaging("lumenlog.service")) ?? [];
  const [, image = "[]"] = /^CMD (\[.*\])$/m.exec(readPackaging("Dockerfile")) ?? [];
  for (const args of [service.split(" "), JSON.parse(image)]) {
    const parsed = parseArguments(args);
    assertEquals(parsed.ok && parsed.command, { name: "serve" });
  }
});

Deno.test("every command of the paper is one that the program takes, and every file of ours that it names is there", () => {
  const text = readPackaging(PAPER);
  const started = /^(?:sudo -u lumenlog |docker compose .* server )?(?:lumenlog|node lumenlog\.mjs)(?= |$)([^#>\n]*)/gm;
  const commands = [...text.matchAll(started)].map(([, words = ""]) => words.split(" ").filter((word) => word !== ""));
  assert(commands.length > 10, `${commands.length} commands found`);
  for (const words of commands) assert(parseArguments(words).ok, words.join(" "));
  for (const [, path = ""] of text.matchAll(/\b(packaging\/[\w.]+\w)/g)) assert(existsSync(join(ROOT, path)), path);
  const { tasks }: { tasks: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(ROOT, "deno.json"), "utf8"),
  );
  for (const [, task = ""] of text.matchAll(/\bdeno task ([\w:]+)/g)) assert(task in tasks, task);
});

Deno.test("every measurement that the paper names is one", async () => {
  await withApp(async (app) => {
    await app.call("POST", "/api/v1/devices", { json: { name: "Shelf", device_type: "virtual" } });
    const told = await (await app.call("GET", "/metrics")).text();
    const named = [...readPackaging(PAPER).matchAll(/`((?:lumenlog|process)_[a-z_]+)/g)].map(([, name]) => name!);
    assert(named.length > 8);
    for (const name of named) assertStringIncludes(told, `# TYPE ${name} `);
  });
});
