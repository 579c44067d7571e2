import ts from "typescript";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT, type Source } from "./source.ts";

/** Sources with their types. */
export interface TypedProgram {
  readonly checker: ts.TypeChecker;
  /** The same files again, in the trees that the checker knows. */
  readonly sources: readonly Source[];
}

const OPTIONS: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  allowImportingTsExtensions: true,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ESNext,
  jsx: ts.JsxEmit.ReactJSX,
  jsxImportSource: "preact",
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  skipLibCheck: true,
};

/** What is not ours is read once: it is most of the work. */
const libraries = new Map<string, ts.SourceFile>();

export function typedProgram(sources: readonly Source[]): TypedProgram {
  const texts = new Map(sources.map(({ path, text }) => [join(ROOT, "src", path), text]));
  const options = { ...OPTIONS, ...nodeTypes() };
  const host = ts.createCompilerHost(options, true);
  const { fileExists, getSourceFile, readFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  // A snippet may stand in a folder that there is not.
  host.directoryExists = () => true;
  host.getSourceFile = (path, ...rest) => {
    if (texts.has(path)) return getSourceFile(path, ...rest);
    const known = libraries.get(path) ?? getSourceFile(path, ...rest);
    if (known !== undefined) libraries.set(path, known);
    return known;
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const typed = sources.flatMap(({ path, text }) => {
    const tree = program.getSourceFile(join(ROOT, "src", path));
    return tree === undefined ? [] : [{ path, text, tree }];
  });
  return { checker: program.getTypeChecker(), sources: typed };
}

/** Deno keeps the types of `node:` for itself, in a folder with its version. */
function nodeTypes(): ts.CompilerOptions {
  const store = join(ROOT, "node_modules/.deno");
  const folder = readdirSync(store).filter((name) => name.startsWith("@types+node@")).sort().at(-1);
  if (folder === undefined) return { types: [] };
  return { types: ["node"], typeRoots: [join(store, folder, "node_modules/@types")] };
}
