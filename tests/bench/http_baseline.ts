/** The list route as one would write it first: rows of `@libsql/client`, JSON.stringify. Started by http_list.ts. */
import { createClient } from "@libsql/client";
import { Hono } from "hono";

const client = createClient({ url: `file:${Deno.args[0]}` });

const app = new Hono();
app.get("/api/v1/activity-log", async (c) => {
  const limit = Number(c.req.query("limit") ?? 50);
  const { rows } = await client.execute({
    sql: `SELECT seq, id, ts, category, action, severity, actor, entity_type, entity_id, entity_name, message, metadata
          FROM activity_log ORDER BY seq DESC LIMIT ?`,
    args: [limit + 1],
  });
  const entries = rows.slice(0, limit).map(({ seq: _seq, ...entry }) => ({
    ...entry,
    metadata: JSON.parse(String(entry["metadata"])),
  }));
  return c.json({
    entries,
    next_before_seq: rows.length > limit ? rows[limit - 1]?.["seq"] : null,
    has_more: rows.length > limit,
    total: Number(rows[0]?.["seq"] ?? 0),
    total_capped: false,
    partial: false,
  });
});

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => console.log(`listening on http://127.0.0.1:${port}`),
}, app.fetch);
