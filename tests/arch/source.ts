import ts from "typescript";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** One source file. `path` starts at `src/`, e.g. `auth/store.ts`. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export const sourceOf = (path: string, text: string): Source => ({
  path,
  text,
  tree: ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true),
});

/** Every file under `src/`. */
export function readSources(): readonly Source[] {
  return filesUnder("src", ".ts", ".tsx").map((path) =>
    sourceOf(path.slice("src/".length), readFileSync(join(ROOT, path), "utf8"))
  );
}

/** Paths from the top of the repository, with `/`. */
export function filesUnder(folder: string, ...ends: readonly string[]): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => ends.some((end) => path.endsWith(end)) && !path.includes("node_modules/"))
    .sort();
}

/** Every node of a tree, parents before children. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

export function lineOf(source: Source, node: ts.Node): number {
  return source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;
}
