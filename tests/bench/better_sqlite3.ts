import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openChild } from "./child.ts";

const VERSION = "12.11.1";

export type Installed = { readonly ok: true; readonly home: string } | { readonly ok: false; readonly reason: string };

/** Installs better-sqlite3 once into a directory of the system's temporary one; it compiles for about a minute. */
export async function installBetterSqlite3(): Promise<Installed> {
  const home = join(tmpdir(), `lumenlog-bench-better-sqlite3-${VERSION}`);
  if (await loads(home)) return { ok: true, home };
  await Deno.mkdir(home, { recursive: true });
  await Deno.writeTextFile(join(home, "package.json"), `{ "private": true }\n`);
  console.error(`Installing better-sqlite3@${VERSION} into ${home} …`);
  const failed = await run("npm", ["install", "--no-audit", "--no-fund", `better-sqlite3@${VERSION}`], home);
  if (failed !== undefined) return { ok: false, reason: failed };
  return await loads(home) ? { ok: true, home } : { ok: false, reason: "it was installed and does not load" };
}

const loads = async (home: string) =>
  await run("node", ["-e", `require(${JSON.stringify(join(home, "node_modules", "better-sqlite3"))})(":memory:")`]) ===
    undefined;

/** Undefined when the command ended well, else the end of what it said. */
async function run(command: string, args: string[], cwd?: string): Promise<string | undefined> {
  try {
    const { success, stderr } = await new Deno.Command(command, { args, ...(cwd ? { cwd } : {}) }).output();
    return success ? undefined : new TextDecoder().decode(stderr).trim().slice(-500);
  } catch (error) {
    return `Cannot run ${command}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export interface BetterSqlite3 {
  readonly node: string;
  readonly sqlite: string;
  /** Inserts the next rows of the file, 64 in a transaction; milliseconds that it took. */
  insert(count: number): Promise<number>;
  close(): Promise<void>;
}

/** Starts the baseline in Node on an own database. `rowsFile`: one JSON list of the eleven columns a line. */
export async function openBetterSqlite3(home: string, path: string, rowsFile: string): Promise<BetterSqlite3> {
  const script = fileURLToPath(new URL("./better_sqlite3_child.mjs", import.meta.url));
  const child = openChild("node", [script, home, path, rowsFile]);
  // Both lines are written by our own script.
  const facts = JSON.parse(await child.nextLine()) as { node: string; sqlite: string };
  return {
    ...facts,
    insert: async (count) => {
      await child.say(String(count));
      return (JSON.parse(await child.nextLine()) as { ms: number }).ms;
    },
    close: () => child.end(),
  };
}
