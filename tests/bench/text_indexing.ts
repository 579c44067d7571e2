import type { Sql } from "../../src/audit/ports.ts";
import { filePlace, openEngine } from "../support/engine.ts";
import { figure, type Table, verdict } from "./bench.ts";
import { percentile } from "./measure.ts";

const STALL_LIMIT_MS = 50;

/** Bytes that the database's pages in use take. */
async function bytesInUse(sql: Sql): Promise<number> {
  const row = await sql.get<{ bytes: number }>(
    `SELECT (page_count - freelist_count) * page_size AS bytes
     FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
  );
  return row?.bytes ?? 0;
}

/** Indexes the text of the whole log step by step; each step holds the event loop for as long as it takes. */
export async function fillTextIndex(dir: string, rows: number): Promise<Table> {
  const engine = await openEngine(filePlace(dir));
  const before = await bytesInUse(engine.sql);
  const steps: number[] = [];
  const begun = performance.now();
  for (let more = true; more;) {
    const step = performance.now();
    more = await engine.textIndex.step();
    steps.push(performance.now() - step);
  }
  const seconds = (performance.now() - begun) / 1000;
  const after = await bytesInUse(engine.sql);
  await engine.close();
  const longest = Math.max(...steps);
  const title = "Text index behind the writer";
  if (steps.length === 1) return { title, columns: [], rows: [], notes: ["it was already full"] };
  return {
    title,
    columns: ["entries/s", "step p50 ms", "step p99 ms", "longest step ms", "MB per 1,000,000 entries", ""],
    rows: [[
      figure(rows / seconds),
      figure(percentile(steps, 0.5)),
      figure(percentile(steps, 0.99)),
      figure(longest),
      figure((after - before) / rows),
      verdict(longest < STALL_LIMIT_MS),
    ]],
    notes: [
      `${rows.toLocaleString("en-US")} entries in ${steps.length} steps; the database without it takes ${
        figure(before / rows)
      } MB per 1,000,000`,
      `steps of more than ${STALL_LIMIT_MS} ms: ${steps.filter((ms) => ms > STALL_LIMIT_MS).length}`,
    ],
  };
}
