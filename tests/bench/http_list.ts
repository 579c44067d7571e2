import Database from "libsql";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { databaseFile } from "../../src/runtime/database.ts";
import { type Bench, figure, ratioFigure, type Table, verdict } from "./bench.ts";
import { openChild } from "./child.ts";
import { withFilledLog } from "./filled_log.ts";
import { loadWithGets } from "./http_load.ts";
import { median, pairedRounds, ratioTo, type Variant } from "./measure.ts";
import { canStart, listening, type ServerProcess, startServer } from "./server_process.ts";

const ENTRIES = 20_000;
const PIECE_MS = 1000;
const PIECES = 3;
const TARGET = 2;
const TITLE = `Newest 50 over HTTP (target ≥ ${TARGET} × @libsql/client rows + JSON.stringify)`;

/** The same entries, one column a field. */
export function copyAsColumns(from: string, to: string): void {
  const db = new Database(to);
  db.exec(`PRAGMA journal_mode = WAL;
CREATE TABLE activity_log (
  seq INTEGER PRIMARY KEY, id TEXT, ts TEXT, category TEXT, action TEXT, severity TEXT, actor TEXT, entity_type TEXT,
  entity_id TEXT, entity_name TEXT, message TEXT, metadata TEXT
);
ATTACH '${from.replaceAll("'", "''")}' AS ours;
INSERT INTO activity_log SELECT seq, entry ->> 'id', entry ->> 'ts', entry ->> 'category', entry ->> 'action',
  entry ->> 'severity', entry ->> 'actor', entry ->> 'entity_type', entry ->> 'entity_id', entry ->> 'entity_name',
  entry ->> 'message', entry -> 'metadata' FROM ours.activity_log;
DETACH ours;`);
  db.close();
}

async function startBaseline(path: string): Promise<ServerProcess> {
  const script = fileURLToPath(new URL("./http_baseline.ts", import.meta.url));
  const flags = ["run", "--allow-net", "--allow-env", "--allow-sys", "--allow-ffi", "--allow-read", "--allow-write"];
  return await listening(openChild(Deno.execPath(), [...flags, script, path]));
}

const listOf = (name: string, { url }: ServerProcess, limit: number): Variant => ({
  name,
  piece: () => loadWithGets(new URL(`/api/v1/activity-log?limit=${limit}`, url), PIECE_MS),
});

async function measure(dir: string, rounds: number): Promise<Table> {
  const baselineFile = join(dir, "baseline.db");
  copyAsColumns(databaseFile(dir), baselineFile);
  const ours = await startServer(dir);
  const baseline = await startBaseline(baselineFile);
  try {
    const measured = await pairedRounds(
      [listOf("Lumenlog", ours, 50), listOf("`@libsql/client` rows + JSON.stringify", baseline, 50)],
      rounds,
      PIECES,
    );
    return {
      title: TITLE,
      columns: ["server", "requests/s", "ratio (lowest–highest)", ""],
      rows: measured.map((each, i) => [
        each.name,
        figure(median(each.rates)),
        ratioFigure(ratioTo(measured[1]!, each)),
        i === 1 ? "baseline" : verdict(ratioTo(measured[1]!, each).median >= TARGET),
      ]),
      notes: [
        `${rounds} rounds of ${PIECES} × ${
          PIECE_MS / 1000
        } s in turn, 16 kept connections, client on the same machine, ` +
        `${ENTRIES} entries`,
        "Lumenlog with all of its checks; the baseline checks nothing, counts nothing and runs in Hono on Deno.serve",
      ],
    };
  } finally {
    await ours.child.kill();
    await baseline.child.kill();
  }
}

export const httpList: Bench = {
  name: "http_list",
  run: async ({ rounds }) => {
    if (!canStart()) {
      return [{ title: TITLE, columns: [], rows: [], notes: ["**SKIPPED: the program is not there yet.**"] }];
    }
    const tables: Table[] = [];
    await withFilledLog(ENTRIES, undefined, async (dir) => void tables.push(await measure(dir, rounds)));
    return tables;
  },
};
