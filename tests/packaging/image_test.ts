import { assert, assertEquals, assertMatch } from "@std/assert";
import { existsSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { compileInto, findCompiler } from "../compile/compiled.ts";
import { ROOT, RUNTIMES } from "../runtime/runtimes.ts";
import { withProcesses } from "../support/process.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { isInstalled, readPackaging, testWhere } from "./files.ts";

const DOCKERFILE = readPackaging("Dockerfile");

interface Copy {
  readonly sources: readonly string[];
  readonly target: string;
}

/** What is copied from the repository into the image. */
const COPIES: readonly Copy[] = [...DOCKERFILE.matchAll(/^COPY (?!--from)(.+)$/gm)].map(([, words = ""]) => {
  const sources = words.split(" ");
  return { sources: sources.slice(0, -1), target: sources.at(-1)! };
});

Deno.test("what the image is built from exists, and is not kept from it", () => {
  const ignored = readPackaging("Dockerfile.dockerignore").split("\n");
  const sources = COPIES.flatMap(({ sources }) => sources);
  assert(sources.length > 5);
  for (const source of sources) {
    assert(existsSync(join(ROOT, source)), source);
    assert(!ignored.includes(source), source);
  }
});

const compiler = findCompiler();

testWhere(
  typeof compiler === "string" ? compiler : undefined,
  "what the image is built from is enough to compile the program",
  async () => {
    assert(typeof compiler !== "string");
    await withTempDir(async (dir) => {
      const root = join(dir, "src");
      for (const { sources, target } of COPIES) {
        for (const source of sources) {
          const path = target.endsWith("/") ? join(root, target, source.split("/").at(-1)!) : join(root, target);
          await cp(join(ROOT, source), path, { recursive: true });
        }
      }
      await Deno.mkdir(join(dir, "out"));
      const made = await compileInto(join(dir, "out"), compiler, { root });
      assert((await Deno.stat(made)).size > 50e6);
    });
  },
);

Deno.test("the image runs as nobody special, and says where its data is and how it is", () => {
  const last = DOCKERFILE.slice(DOCKERFILE.lastIndexOf("\nFROM "));
  assertMatch(last, /^USER lumenlog$/m);
  assertEquals(/^VOLUME (.*)$/m.exec(last)?.[1], /LUMENLOG_DATA_DIR=(\S+)/.exec(last)?.[1]);
  assertMatch(last, /^HEALTHCHECK /m);
  assertMatch(last, /^ENV .*LUMENLOG_SUPERVISED=yes/m, "who starts it again");
  const { tasks }: { tasks: Readonly<Record<string, unknown>> } = JSON.parse(
    readFileSync(join(ROOT, "deno.json"), "utf8"),
  );
  const [, task = ""] = /^RUN deno task (\S+)/m.exec(DOCKERFILE) ?? [];
  assert(task in tasks, task);
});

testWhere(
  isInstalled("bash", "-c", ":") ? undefined : "bash is not installed",
  "the health check tells a server that is well from one that is gone",
  async () => {
    const [, words = "[]"] = /^ {2}CMD (\[.*\])$/m.exec(DOCKERFILE) ?? [];
    const [program = "", ...args]: readonly string[] = JSON.parse(words);
    const check = async (port: string) => {
      const { code } = await new Deno.Command(program, { args, env: { LUMENLOG_PORT: port }, stderr: "null" }).output();
      return code;
    };
    await withProcesses(RUNTIMES[0]!, async ({ start }) => {
      const server = await start({ env: { LUMENLOG_API_KEYS: "desk:admin:desk-token-0123456789" } });
      const { port } = new URL(server.url);
      assertEquals(await check(port), 0);
      await server.kill();
      assert(await check(port) !== 0);
    });
  },
);

/** YAML is read by Python's reader, as none is among the packages. */
const noYaml = isInstalled("python3", "-c", "import yaml") ? undefined : "python3 has no yaml";
const TO_JSON = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";

interface Compose {
  readonly services: Readonly<Record<string, { readonly volumes?: readonly string[]; readonly depends_on?: string[] }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

async function readYaml(name: string): Promise<Compose> {
  const args = ["-c", TO_JSON, join(ROOT, "packaging", name)];
  const { stdout } = await new Deno.Command("python3", { args }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

testWhere(noYaml, "the compositions are whole: every volume and every service that they name is there", async () => {
  const base = await readYaml("compose.yaml");
  const more = await readYaml("compose.sqld.yaml");
  const services = { ...base.services, ...more.services };
  assertEquals(Object.keys(services).sort(), ["database", "server"]);
  const volumes = { ...base.volumes, ...more.volumes };
  for (
    const { volumes: used = [], depends_on = [] } of [...Object.values(base.services), ...Object.values(more.services)]
  ) {
    for (const volume of used) assert(volume.split(":")[0]! in volumes, volume);
    for (const service of depends_on) assert(service in services, service);
  }
  assertEquals(base.services["server"]?.volumes?.map((volume) => volume.split(":")[1]), [
    /^VOLUME (.*)$/m.exec(DOCKERFILE)?.[1],
  ]);
});
