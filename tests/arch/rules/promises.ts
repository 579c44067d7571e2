import ts from "typescript";
import { at, type Rule } from "../rule.ts";
import { nodesOf, type Source } from "../source.ts";
import { typedProgram } from "../typed_program.ts";

export const promises: Rule = {
  name: "every promise is awaited or returned; a deliberate one is void and has its own handler",
  check: (sources) => {
    const { checker, sources: typed } = typedProgram(sources);
    return typed.flatMap((source) =>
      [...nodesOf(source.tree)].flatMap((node) => {
        const wrong = judgeStatement(node, checker) ?? judgeCallback(node, checker);
        return wrong === undefined ? [] : [at(source, node, wrong)];
      })
    );
  },
  bad: [
    { "a/x.ts": "declare const r: { change(): Promise<void> }; export function f() { r.change(); }" },
    { "a/x.ts": "declare const r: { change(): Promise<void> }; export const f = (x: 1 | 0) => { x && r.change(); };" },
    { "a/x.ts": "declare const r: { change(): Promise<void> }; export function f() { void r.change(); }" },
    { "a/x.ts": "declare function g(): PromiseLike<number>; export function f() { g(); }" },
    {
      "a/x.ts":
        "const g = async () => { try { await 1; } finally { console.error(1); } }; export const f = () => { void g(); };",
    },
    { "a/x.ts": "export function f(p: Promise<void>) { p.then(() => {}); p.finally(() => {}); }" },
    { "a/x.ts": "export async function f() { (async () => { await 1; })(); await 1; }" },
    { "a/x.ts": "export function f(r: { change?(): Promise<void> }) { r.change?.(); }" },
    { "a/x.ts": "export function f(all: string[]) { all.forEach(async (x) => { await x; }); }" },
    { "a/x.ts": "declare const r: unknown; export function f() { (r as { change(w: 1): number }).change(1); }" },
    {
      "a/x.ts": 'import { g } from "./y.ts"; export function f() { g(); }',
      "a/y.ts": "export async function g() { await 1; }",
    },
    { "a/x.ts": 'import { rm } from "node:fs/promises"; export function f() { rm("x"); }' },
  ],
  good: [
    { "a/x.ts": "declare function g(): Promise<number>; export async function f() { await g(); return g(); }" },
    { "a/x.ts": "declare function g(): Promise<number>; export function f() { void g().catch(console.error); }" },
    {
      "a/x.ts":
        "declare function g(): Promise<number>; export function f() { void g().then(console.log, console.error); }",
    },
    { "a/x.ts": "declare function g(): Promise<number>; export function f() { g().catch((e) => console.error(e)); }" },
    { "a/x.ts": "declare function g(): number; export function f() { g(); }" },
    { "a/x.ts": "declare function g(): Promise<number>; export const f = (o: { p: unknown }) => { o.p = g(); };" },
    {
      "a/x.ts":
        "const g = async () => { try { await 1; } catch (e) { console.error(e); } }; export const f = () => { void g(); };",
    },
    { "a/x.ts": "export const f = (all: string[]) => Promise.all(all.map(async (x) => await x));" },
  ],
};

/** Names whose promise is the commit: caught even where the type has got lost. */
const COMMITS = ["change", "commit"];

function judgeStatement(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (!ts.isExpressionStatement(node)) return undefined;
  const deliberate = ts.isVoidExpression(node.expression);
  const value = deliberate ? node.expression.expression : node.expression;
  if (isKept(value) || isHandled(value) || (deliberate && handlesItself(value, checker))) return undefined;
  if (isPromise(checker.getTypeAtLocation(value), checker)) {
    return deliberate ? "leaves a promise alone by void without a handler" : "leaves a promise alone";
  }
  const name = ts.isCallExpression(value) && ts.isPropertyAccessExpression(value.expression) &&
    value.expression.name.text;
  return name && COMMITS.includes(name) ? `leaves the promise of ${name}() alone` : undefined;
}

/** Is assigned to something, which answers for it from then on. */
const isKept = (value: ts.Expression): boolean =>
  ts.isBinaryExpression(value) && value.operatorToken.kind === ts.SyntaxKind.EqualsToken;

/** Ends in `.catch(…)` or `.then(…, …)`. */
function isHandled(value: ts.Expression): boolean {
  if (!ts.isCallExpression(value) || !ts.isPropertyAccessExpression(value.expression)) return false;
  const name = value.expression.name.text;
  return (name === "catch" && value.arguments.length > 0) || (name === "then" && value.arguments.length > 1);
}

/** A call of a function that has a `try` with a `catch` among its own statements. */
function handlesItself(value: ts.Expression, checker: ts.TypeChecker): boolean {
  if (!ts.isCallExpression(value)) return false;
  const declared = checker.getSymbolAtLocation(value.expression)?.valueDeclaration;
  const called = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : declared;
  const body = called !== undefined && ts.isFunctionLike(called) && "body" in called ? called.body : undefined;
  return body !== undefined && ts.isBlock(body) &&
    body.statements.some((statement) => ts.isTryStatement(statement) && statement.catchClause !== undefined);
}

/** An async function where the caller expects nothing back, so that nobody waits for it. */
function judgeCallback(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  if (!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)) return undefined;
  const expected = checker.getContextualType(node)?.getCallSignatures() ?? [];
  const ignored = expected.length > 0 &&
    expected.every((signature) => (signature.getReturnType().flags & ts.TypeFlags.Void) !== 0);
  return ignored ? "gives an async function to someone who does not wait for it" : undefined;
}

function isPromise(type: ts.Type, checker: ts.TypeChecker): boolean {
  if (type.isUnion()) return type.types.some((part) => isPromise(part, checker));
  if ((type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0) return false;
  const then = type.getProperty("then");
  return then !== undefined && checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
}

/** How many of the `await` expressions have a promise that the checker can see: if few, the rule above is blind. */
export function seenPromises(sources: readonly Source[]): { readonly awaited: number; readonly seen: number } {
  const { checker, sources: typed } = typedProgram(sources);
  const operands = typed.flatMap(({ tree }) => [...nodesOf(tree)]).filter(ts.isAwaitExpression);
  const seen = operands.filter(({ expression }) => isPromise(checker.getTypeAtLocation(expression), checker));
  return { awaited: operands.length, seen: seen.length };
}
