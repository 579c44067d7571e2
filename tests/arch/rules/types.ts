import ts from "typescript";
import { hasComment } from "../comments.ts";
import { nodeRule } from "../rule.ts";

export const noAny = nodeRule({
  name: "nothing is any",
  judge: (node) => node.kind === ts.SyntaxKind.AnyKeyword ? "says any" : undefined,
  bad: [
    { "a/x.ts": "const x: any = 1;" },
    { "a/x.ts": "const f = (...args: any[]) => args;" },
    { "a/x.ts": "const x = y as any;" },
    { "a/x.ts": "type X = Record<string, any>;" },
  ],
  good: [{ "a/x.ts": "// any\nconst any = 'any'; const x: unknown = any;" }],
});

export const reasonedAs = nodeRule({
  name: "a type is forced by `as` only with its reason in a comment beside it",
  judge: (node, source) => {
    const forced = ts.isAsExpression(node) ? node.type.getText() !== "const" : ts.isTypeAssertionExpression(node);
    return forced && !hasComment(source, node) ? "forces a type without a reason" : undefined;
  },
  bad: [
    { "a/x.ts": "const x = y as string;" },
    { "a/x.ts": "const x = <string> y;" },
    { "a/x.ts": "// A reason.\nconst z = 1;\n\nconst x = y as unknown as X;" },
    { "a/x.ts": 'const x = y["// no comment"] as string;' },
  ],
  good: [
    { "a/x.ts": "const x = [1] as const;" },
    { "a/x.ts": "const x = y as string; // The schema has seen it." },
    { "a/x.ts": "// The schema has seen it.\nconst x = f(\n  y as string,\n);" },
    { "a/x.ts": "/** The guard parses it before it calls. */\nexport function f() {\n  return y as string;\n}" },
    { "a/x.ts": 'import { x as y } from "./z.ts";' },
  ],
});
