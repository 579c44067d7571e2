// Runs in Node: inserts the rows of a file into the seed schema, 64 in a transaction, each time a line says how many.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";

const [home, path, rowsFile] = process.argv.slice(2);
const Database = createRequire(join(home, "package.json"))("better-sqlite3");

const db = new Database(path);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(`
CREATE TABLE activity_log (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ts TEXT NOT NULL, category TEXT NOT NULL, action TEXT NOT NULL,
  severity TEXT NOT NULL, actor TEXT NOT NULL, entity_type TEXT, entity_id TEXT, entity_name TEXT,
  message TEXT NOT NULL, metadata TEXT NOT NULL
);
CREATE INDEX activity_log_ts ON activity_log (ts, seq);
CREATE INDEX activity_log_category ON activity_log (category);
CREATE INDEX activity_log_severity ON activity_log (severity);
CREATE INDEX activity_log_actor ON activity_log (actor);
CREATE INDEX activity_log_entity ON activity_log (entity_type, entity_id);
`);
const insert = db.prepare(
  `INSERT INTO activity_log (id, ts, category, action, severity, actor, entity_type, entity_id, entity_name, message, metadata)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
);
const rows = readFileSync(rowsFile, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const insert64 = db.transaction((from) => {
  for (let i = from; i < from + 64; i++) insert.run(rows[i]);
});

const sqlite = db.prepare("SELECT sqlite_version() AS version").get().version;
console.log(JSON.stringify({ node: process.version, sqlite }));
let next = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const count = Number(line);
  const begun = performance.now();
  for (const end = next + count; next < end; next += 64) insert64.immediate(next);
  console.log(JSON.stringify({ ms: performance.now() - begun }));
}
db.close();
