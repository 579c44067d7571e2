import ts from "typescript";
import { layerOf } from "../layers.ts";
import { nodeRule } from "../rule.ts";

const CALLS = ["Date.now", "Date", "Math.random", "performance.now", "crypto.randomUUID", "crypto.getRandomValues"];

export const clock = nodeRule({
  name: "time and chance come in as ports; only runtime/, the mains and the browser ask the machine",
  judge: (node, { path }) => {
    const layer = layerOf(path);
    if (layer === "runtime" || layer === "main" || layer === "ui") return undefined;
    if (ts.isNewExpression(node) && node.expression.getText() === "Date") {
      return (node.arguments ?? []).length === 0 ? "asks for the time by new Date()" : undefined;
    }
    // A name alone too: `now = Date.now` only hides the call.
    const name = ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)
      ? (ts.isCallExpression(node) ? node.expression : node).getText().replace(/^globalThis\./, "")
      : "";
    const counts = ts.isCallExpression(node) ? name === "Date" : CALLS.includes(name);
    return counts ? `asks the machine by ${name}` : undefined;
  },
  bad: [
    { "audit/x.ts": "const now = Date.now();" },
    { "audit/x.ts": "export const create = (now = Date.now) => now();" },
    { "audit/x.ts": "const f = () => new Date();" },
    { "audit/x.ts": "const f = () => new Date;" },
    { "audit/x.ts": "const f = () => Date();" },
    { "app.ts": "const f = () => Math.random();" },
    { "audit/x.ts": "const f = () => globalThis.performance.now();" },
    { "auth/x.ts": "const f = () => crypto.randomUUID();" },
  ],
  good: [
    { "audit/x.ts": "const f = (clock: Clock) => new Date(clock.now()).toISOString();" },
    { "audit/x.ts": "const f = () => [Date.parse('x'), Math.round(1.5), Date.UTC(2026)]; // Date.now()" },
    { "runtime/ports.ts": "const clock = { now: () => Date.now() };" },
    { "main_deno.ts": "const started = Date.now();" },
  ],
});
