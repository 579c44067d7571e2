import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT, type Runtime } from "../runtime/runtimes.ts";

/** What a program is compiled with: the compiler, and the runtime that the result brings along. */
export interface Compiler {
  readonly deno: string;
  readonly base: string;
}

/** A place beside the project where a runtime for the version below may be had without the network's usual source. */
const TOOL = join(ROOT, "../shared/tools/denort");
const TOOL_VERSION = "2.4.2";
/** Limits against hanging: the first time, packages are fetched. */
const FETCH_SECONDS = 300;
const COMPILE_MS = 300_000;

/** The compiler, or why there is none here. */
export function findCompiler(): Compiler | string {
  const given = Deno.env.get("DENORT_BIN");
  if (given) return existsSync(given) ? { deno: Deno.execPath(), base: given } : `DENORT_BIN names no file: ${given}`;
  if (!existsSync(TOOL)) return "no runtime to compile with: DENORT_BIN is not set";
  const base = lastLineOf("node", [TOOL]);
  const deno = lastLineOf("npx", ["-y", "-p", `deno@${TOOL_VERSION}`, "-c", "command -v deno"]);
  return base && deno ? { deno, base } : `Deno ${TOOL_VERSION} cannot be had`;
}

function lastLineOf(program: string, args: readonly string[]): string | undefined {
  try {
    const limited = new Deno.Command("timeout", { args: [String(FETCH_SECONDS), program, ...args], cwd: "/" });
    const { success, stdout } = limited.outputSync();
    return success ? new TextDecoder().decode(stdout).trim().split("\n").at(-1) : undefined;
  } catch {
    return undefined; // no such program
  }
}

/** What is compiled, and for which machine; this project for this one when left out. */
export interface Compiled {
  /** The top of the sources. */
  readonly root?: string;
  readonly target?: string;
  /** Of the file that is made. */
  readonly name?: string;
}

/** Compiles as the task does, but into this folder, and tells where the file is. */
export async function compileInto(
  dir: string,
  { deno, base }: Compiler,
  { root = ROOT, target, name = "lumenlog" }: Compiled = {},
): Promise<string> {
  const forTarget = target === undefined ? [] : ["--target", target];
  const permissions = ["--allow-env", "--allow-run", "--allow-read", "--allow-write"];
  const compile = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      ...permissions,
      join(root, "build/compile.ts"),
      "--output",
      dir,
      "--deno",
      deno,
      ...forTarget,
    ],
    // An older compiler does not ask the system for its authorities by itself.
    env: { DENORT_BIN: base, TMPDIR: dir, DENO_TLS_CA_STORE: Deno.env.get("DENO_TLS_CA_STORE") ?? "mozilla,system" },
    signal: AbortSignal.timeout(COMPILE_MS),
  });
  const { success, stdout, stderr } = await compile.output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  if (!success) throw new Error(`Cannot compile: ${said}`);
  return join(dir, name);
}

/** The one file as a way to run the program: in an empty folder, and what it unpacks goes with the test. */
export const oneFile = (path: () => string): Runtime => ({
  name: "one file",
  missing: undefined,
  command: async (dir) => {
    const [cwd, temporary] = [join(dir, "empty"), join(dir, "tmp")];
    for (const folder of [cwd, temporary]) await Deno.mkdir(folder, { recursive: true });
    return { program: path(), args: [], cwd, env: { TMPDIR: temporary } };
  },
});
