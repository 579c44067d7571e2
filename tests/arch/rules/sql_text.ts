import ts from "typescript";
import { fileOf } from "../layers.ts";
import { nodeRule } from "../rule.ts";

/** A statement: at the start of a text in one case, or in capitals anywhere in it. */
const STATEMENT = new RegExp(
  [
    String.raw`^\s*(?:SELECT|select)\s`,
    String.raw`^\s*(?:insert\s+(?:or\s+\w+\s+)?into|update\s+\w+\s+set|delete\s+from)\s`,
    String.raw`^\s*create\s+(?:temp\s+|unique\s+|virtual\s+)?(?:table|index|view|trigger)\s`,
    String.raw`\bSELECT\s[\s\S]*\sFROM\s`,
    String.raw`\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\s`,
    String.raw`\bCREATE\s+(?:TEMP\s+|UNIQUE\s+|VIRTUAL\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\s`,
  ].join("|"),
);

export const sqlText = nodeRule({
  name: "SQL stands only in store.ts, in sql/ and in audit/*_sql.ts",
  judge: (node, { path }) => {
    if (fileOf(path) === "store.ts" || path.startsWith("sql/") || /^audit\/\w+_sql\.ts$/.test(path)) return undefined;
    const text = textOf(node);
    return text !== undefined && STATEMENT.test(text) ? "holds SQL" : undefined;
  },
  bad: [
    { "devices/service.ts": 'tx.all("SELECT id FROM device WHERE id = ?");' },
    { "devices/service.ts": "tx.all(`\n  select ${columns}\n  from device`);" },
    { "devices/service.ts": "const x = `WITH a AS (SELECT 1 FROM b) ${rest}`;" },
    { "devices/service.ts": "const x = `${start} DELETE FROM device `;" },
    { "audit/query.ts": 'const x = "insert or ignore into activity_log values (?)";' },
    { "app.ts": 'const x = "UPDATE device SET name = ?";' },
    { "app.ts": 'const x = "CREATE UNIQUE INDEX x ON y (z)";' },
  ],
  good: [
    { "devices/store.ts": 'tx.all("SELECT id FROM device");' },
    { "sql/migrations.ts": 'tx.run("INSERT INTO migration VALUES (?)");' },
    { "audit/query_sql.ts": 'const x = "SELECT 1 FROM y";' },
    {
      "devices/service.ts":
        'const x = ["Select a device from the list", "Cannot delete from here", "create", "update x"];',
    },
    { "devices/service.ts": "// SELECT id FROM device\nconst x = 1;" },
  ],
});

/** The text of a literal; what a template puts in counts as a word. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `x${literal.text}`).join("");
}
