import ts from "typescript";
import { nodesOf, type Source } from "./source.ts";

/** One import, re-export, or `import()`. */
export interface Import {
  readonly node: ts.Node;
  readonly specifier: string;
  /** The imported file from `src/`; undefined for a package. */
  readonly target: string | undefined;
  /** True when nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** The names that are imported as values; empty for a whole module. */
  readonly names: readonly string[];
}

export function importsOf(source: Source): readonly Import[] {
  return [...nodesOf(source.tree)].flatMap((node) => {
    const found = readImport(node);
    return found === undefined ? [] : [{ node, ...found, target: resolve(source.path, found.specifier) }];
  });
}

function readImport(node: ts.Node): Pick<Import, "specifier" | "typeOnly" | "names"> | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, ...importedNames(node.importClause) };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, ...exportedNames(node) };
  }
  const called = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const argument = called ? node.arguments[0] : undefined;
  if (argument !== undefined && ts.isStringLiteralLike(argument)) {
    return { specifier: argument.text, typeOnly: false, names: [] };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, typeOnly: true, names: [] };
  }
  return undefined;
}

function importedNames(clause: ts.ImportClause | undefined) {
  if (clause === undefined) return { typeOnly: false, names: [] };
  const bindings = clause.namedBindings;
  const elements = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
  const values = elements.filter((element) => !element.isTypeOnly);
  const whole = clause.name !== undefined || (bindings !== undefined && ts.isNamespaceImport(bindings));
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (!whole && elements.length > 0 && values.length === 0);
  return { typeOnly, names: whole ? [] : values.map(nameOf) };
}

function exportedNames(node: ts.ExportDeclaration) {
  const elements = node.exportClause !== undefined && ts.isNamedExports(node.exportClause)
    ? node.exportClause.elements
    : [];
  const values = elements.filter((element) => !element.isTypeOnly);
  return { typeOnly: node.isTypeOnly || (elements.length > 0 && values.length === 0), names: values.map(nameOf) };
}

const nameOf = (element: ts.ImportSpecifier | ts.ExportSpecifier): string =>
  (element.propertyName ?? element.name).text;

function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  // Any base will do: only the path that comes out counts; what lies above src/ keeps its `..`.
  const depth = "/a/b/c/src/";
  const { pathname } = new URL(specifier, `file://${depth}${from}`);
  return pathname.startsWith(depth) ? pathname.slice(depth.length) : `..${pathname}`;
}
