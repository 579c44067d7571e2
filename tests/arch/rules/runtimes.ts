import ts from "typescript";
import { layerOf } from "../layers.ts";
import { nodeRule } from "../rule.ts";

/** Names of a runtime, and where they may stand. */
const PLACES: Readonly<Record<string, (path: string) => boolean>> = {
  Deno: (path) => path === "main_deno.ts",
  process: (path) => path === "main_node.ts" || layerOf(path) === "runtime",
  Bun: () => false,
};

export const runtimes = nodeRule({
  name: "names of a runtime stand at the edge: Deno in main_deno.ts, process in main_node.ts and runtime/",
  judge: (node, { path }) => {
    if (!ts.isIdentifier(node) || !Object.hasOwn(PLACES, node.text) || !isRead(node)) return undefined;
    return PLACES[node.text]?.(path) ? undefined : `names ${node.text}`;
  },
  bad: [
    { "app.ts": "Deno.exit(2);" },
    { "runtime/lock.ts": "const x = Deno.pid;" },
    { "app.ts": "const x = globalThis.Deno;" },
    { "config.ts": "type X = Deno.Env;" },
    { "cli/keys.ts": "process.exit(2);" },
    { "app.ts": "const f = typeof Deno !== 'undefined';" },
  ],
  good: [
    { "main_deno.ts": "Deno.exit(0);" },
    { "main_node.ts": "process.exit(0);" },
    { "app.ts": "const x = { process: 1, Deno: 2 }; interface Y { process(): void }; // Deno.exit" },
    { "app.ts": "export const f = (y: Y) => y.process();" },
  ],
});

/** Not the name of a member that somebody declares or calls. */
function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return parent.expression.getText() === "globalThis";
  }
  const declares = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent);
  return !(declares && parent.name === node);
}
