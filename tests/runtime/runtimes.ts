import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { programRoot } from "../../src/runtime/program_files.ts";

/** A way to run the program: what stands before its own arguments, for a data directory in `dir`. */
export interface Runtime {
  readonly name: "Deno" | "Node" | "one file";
  /** Why it cannot be tried on this machine; undefined where it can. */
  readonly missing: string | undefined;
  command(dir: string): Promise<RuntimeCommand>;
}

export interface RuntimeCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** Where it runs; the top of the repository when left out. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export const ROOT = programRoot();
const BUNDLE = join(ROOT, "dist/node/lumenlog.mjs");
const SOURCES = ["src", "build", "migrations", "public", "deno.json", "deno.lock"];

export const RUNTIMES: readonly Runtime[] = [
  {
    name: "Deno",
    missing: undefined,
    command: (dir) => Promise.resolve({ program: Deno.execPath(), args: startTask(dir) }),
  },
  {
    name: "Node",
    missing: findNodeProblem(),
    command: async () => {
      await buildIfOld();
      return { program: "node", args: [BUNDLE] };
    },
  },
];

/** The words of the start task, with its files moved to the folder: the server gets no right that a user's has not. */
function startTask(dir: string): readonly string[] {
  const project: { tasks: { start: { command: string } } } = JSON.parse(readFileSync(join(ROOT, "deno.json"), "utf8"));
  const words = project.tasks.start.command.split(" && ").at(-1)!.split(" ").slice(1); // the build comes before it
  return words.map((word) => {
    if (word.startsWith("--allow-read=")) return `${word},${dir}`;
    return word.startsWith("--allow-write=") ? `--allow-write=${dir}` : word;
  });
}

function findNodeProblem(): string | undefined {
  try {
    const { stdout } = new Deno.Command("node", { args: ["--version"] }).outputSync();
    const version = new TextDecoder().decode(stdout).trim();
    const major = Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
    return major >= 20 ? undefined : `node is ${version || "unreadable"}, older than 20`;
  } catch {
    return "node is not installed";
  }
}

/** The bundle of now: made when there is none or a source is newer. */
async function buildIfOld(): Promise<void> {
  const made = statSync(BUNDLE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.every((source) => newest(join(ROOT, source)) < made)) return;
  const build = new Deno.Command(Deno.execPath(), { args: ["task", "build"], cwd: ROOT });
  const { success, stderr } = await build.output();
  if (!success) throw new Error(`Cannot build for Node: ${new TextDecoder().decode(stderr)}`);
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  const inside = statSync(path).isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : [];
  return Math.max(mtimeMs, ...inside);
}
