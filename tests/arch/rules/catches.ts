import ts from "typescript";
import { hasComment } from "../comments.ts";
import { nodeRule } from "../rule.ts";

export const catches = nodeRule({
  name: "no error is caught and forgotten",
  judge: (node, source) => {
    if (ts.isCatchClause(node) && node.block.statements.length === 0) return "has an empty catch";
    const handler = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) &&
        node.expression.name.text === "catch"
      ? node.arguments[0]
      : undefined;
    const forgotten = handler !== undefined && isEmpty(handler) && !hasComment(source, node);
    return forgotten ? "has an empty catch without a reason" : undefined;
  },
  bad: [
    { "a/x.ts": "try { f(); } catch {}" },
    { "a/x.ts": "try { f(); } catch (e) { /* never mind */ }" },
    { "a/x.ts": "f().catch(() => {});" },
    { "a/x.ts": "f().catch(() => undefined);" },
    { "a/x.ts": "f().catch(function () {});" },
  ],
  good: [
    { "a/x.ts": "try { f(); } catch { return false; }" },
    { "a/x.ts": "f().catch((error) => log.error('x', { error: String(error) }));" },
    { "a/x.ts": "f().catch(report);" },
    { "a/x.ts": "// It is gone already.\nf().catch(() => undefined);" },
  ],
});

function isEmpty(handler: ts.Expression): boolean {
  if (!ts.isArrowFunction(handler) && !ts.isFunctionExpression(handler)) return false;
  if (ts.isBlock(handler.body)) return handler.body.statements.length === 0;
  return ts.isIdentifier(handler.body) && handler.body.text === "undefined";
}
