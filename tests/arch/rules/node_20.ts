import ts from "typescript";
import { layerOf } from "../layers.ts";
import { nodeRule } from "../rule.ts";

/** What the oldest Node that the server runs on does not have. */
const MISSING = ["Promise.withResolvers", "Array.fromAsync", "Promise.try", "Iterator.from", "Error.isError"];

export const node20 = nodeRule({
  name: "the server names nothing that Node 20 does not have",
  judge: (node, { path }) => {
    if (layerOf(path) === "ui" || path === "main_deno.ts" || !ts.isPropertyAccessExpression(node)) return undefined;
    const name = node.getText();
    return MISSING.includes(name) ? `names ${name}` : undefined;
  },
  bad: [
    { "a/x.ts": "const { promise } = Promise.withResolvers<void>();" },
    { "a/x.ts": "const all = await Array.fromAsync(stream);" },
  ],
  good: [
    { "a/x.ts": "const all = Promise.all([]); // Promise.withResolvers" },
    { "ui/x.ts": "const { promise } = Promise.withResolvers<void>();" },
  ],
});
