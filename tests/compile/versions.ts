import { readdirSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../runtime/runtimes.ts";
import { compileInto, type Compiler } from "./compiled.ts";

/** What the program is made of: that which the image is built from. */
const COPIES = [...readFileSync(join(ROOT, "packaging/Dockerfile"), "utf8").matchAll(/^COPY (?!--from)(.+)$/gm)];

interface Change {
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
}

export interface Edition {
  readonly version: string;
  /** What else is different in it. */
  readonly changes?: readonly Change[];
  /** A migration that the others do not have. */
  readonly migration?: string;
}

/** Compiles the program as it would be in another version, in this folder, and tells where the file is. */
export async function compileEdition(dir: string, compiler: Compiler, { version, changes = [], migration }: Edition) {
  const [root, out] = [join(dir, `src-${version}`), join(dir, `out-${version}`)];
  for (const [, words = ""] of COPIES) {
    const sources = words.split(" ").slice(0, -1);
    for (const source of sources) await cp(join(ROOT, source), join(root, source), { recursive: true });
  }
  const own = { file: "src/version.ts", from: /VERSION = "[^"]+"/, to: `VERSION = "${version}"` };
  for (const { file, from, to } of [own, ...changes]) {
    const path = join(root, file);
    const before = await Deno.readTextFile(path);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`Cannot change ${file}: it has no ${from}`);
    await Deno.writeTextFile(path, after);
  }
  if (migration !== undefined) {
    const number = String(readdirSync(join(root, "migrations")).length + 1).padStart(4, "0");
    await Deno.writeTextFile(join(root, `migrations/${number}_of_a_later_version.sql`), migration);
  }
  await Deno.mkdir(out);
  const made = await compileInto(out, compiler, { root });
  await Deno.remove(root, { recursive: true });
  return made;
}
