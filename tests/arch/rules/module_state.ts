import ts from "typescript";
import { layerOf } from "../layers.ts";
import { at, type Rule } from "../rule.ts";
import { nodesOf, type Source } from "../source.ts";

/** Holds what is put into it. A Map or Set may stand there if its type says that it is only read. */
const CONTAINERS = ["Map", "Set", "WeakMap", "WeakSet", "AsyncLocalStorage", "AbortController", "EventTarget", "Array"];
const READ_ONLY = /^Readonly(?:Map|Set)</;
const TIMERS = ["setTimeout", "setInterval", "setImmediate"];
const MUTATORS = ["push", "pop", "shift", "unshift", "splice", "sort", "reverse", "fill", "copyWithin", "set", "add"];

export const moduleState: Rule = {
  name: "importing does nothing: no state, calls or timers at module level",
  check: (sources) => sources.flatMap(checkSource),
  bad: [
    { "a/x.ts": "let count = 0;" },
    { "a/x.ts": "export var count = 0;" },
    { "a/x.ts": "const seen = new Set<string>();" },
    { "a/x.ts": "const seen: Map<string, string> = new Map();" },
    { "a/x.ts": "export const cache = new WeakMap();" },
    { "a/x.ts": "const scopes = new AsyncLocalStorage();" },
    { "a/x.ts": "const list: string[] = []; export function f() { list.push('x'); }" },
    { "a/x.ts": "const state = { n: 0 }; export function f() { state.n = 1; }" },
    { "a/x.ts": "const state = { n: 0 }; export function f() { state.n++; }" },
    { "a/x.ts": "const state = { a: { n: 0 } }; export function f() { state.a['n'] += 1; }" },
    { "a/x.ts": "const state: Record<string, number> = {}; export function f() { delete state['x']; }" },
    { "a/x.ts": "const t = setInterval(() => {}, 1);" },
    { "a/x.ts": "register('x');" },
    { "a/x.ts": "await start();" },
    { "a/x.ts": "export const x = await load();" },
    { "a/x.ts": "if (y) start();" },
    { "ui/x.tsx": "start();" },
  ],
  good: [
    { "a/x.ts": 'const NAMES: ReadonlySet<string> = new Set(["a"]); const T: ReadonlyMap<string, 1> = new Map();' },
    { "a/x.ts": "const ROLES = { a: 1 }; const encoder = new TextEncoder(); const L = ['x'];" },
    { "a/x.ts": "export function f() { let n = 0; const list: string[] = []; list.push('x'); n++; }" },
    { "a/x.ts": "const list = [1]; export function f(list: number[]) { list.push(2); }" },
    { "main_deno.ts": "await start(); let x = 1;" },
    { "ui/main.tsx": "start();" },
  ],
};

function checkSource(source: Source): readonly string[] {
  if (layerOf(source.path) === "main" || source.path === "ui/main.tsx") return [];
  return source.tree.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) return checkVariables(source, statement);
    const active = !ts.isDeclarationStatement(statement) && !ts.isEmptyStatement(statement);
    return active ? [at(source, statement, "runs when it is imported")] : [];
  });
}

function checkVariables(source: Source, { declarationList: list }: ts.VariableStatement): readonly string[] {
  if ((list.flags & ts.NodeFlags.Const) === 0) return [at(source, list, "is a variable at module level")];
  return list.declarations.flatMap((declaration) => {
    const wrong = judgeValue(declaration) ?? judgeUse(source, declaration);
    return wrong === undefined ? [] : [at(source, declaration, `${declaration.name.getText(source.tree)} ${wrong}`)];
  });
}

function judgeValue({ initializer: value, type }: ts.VariableDeclaration): string | undefined {
  if (value === undefined) return undefined;
  if (ts.isAwaitExpression(value)) return "waits when it is imported";
  if (ts.isCallExpression(value) && TIMERS.includes(value.expression.getText())) return "starts a timer";
  const holds = ts.isNewExpression(value) && CONTAINERS.includes(value.expression.getText());
  return holds && !READ_ONLY.test(type?.getText() ?? "") ? "is state at module level" : undefined;
}

/** Whether the file changes what the constant holds. */
function judgeUse(source: Source, declaration: ts.VariableDeclaration): string | undefined {
  const { name } = declaration;
  if (!ts.isIdentifier(name)) return undefined;
  const changed = [...nodesOf(source.tree)].some((node) =>
    changedRoot(node)?.text === name.text && !isShadowed(node, declaration)
  );
  return changed ? "is changed after it was made: state at module level" : undefined;
}

/** The name at the start of what an expression changes: `state` in `state.a[0] = 1`, `delete state.x`, `state.push(1)`. */
function changedRoot(node: ts.Node): ts.Identifier | undefined {
  if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) return rootOf(node.left);
  if (ts.isDeleteExpression(node)) return rootOf(node.expression);
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    const counts = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return counts ? rootOf(node.operand) : undefined;
  }
  const called = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
    ? node.expression
    : undefined;
  return called !== undefined && MUTATORS.includes(called.name.text) ? rootOf(called) : undefined;
}

const isAssignment = (kind: ts.SyntaxKind): boolean =>
  kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

function rootOf(node: ts.Node): ts.Identifier | undefined {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  const inner = node.expression;
  return ts.isIdentifier(inner) ? inner : rootOf(inner);
}

/** Whether a function around the node has a parameter or a variable of the same name. */
function isShadowed(node: ts.Node, declaration: ts.VariableDeclaration): boolean {
  const name = declaration.name.getText();
  for (let scope: ts.Node | undefined = node; scope !== undefined; scope = scope.parent) {
    if (!ts.isFunctionLike(scope)) continue;
    for (const inner of nodesOf(scope)) {
      const declares = (ts.isParameter(inner) || ts.isVariableDeclaration(inner)) && inner !== declaration;
      if (declares && inner.name.getText() === name) return true;
    }
  }
  return false;
}
