import { createHash } from "node:crypto";
import { createFilterReader } from "../activity/schemas.ts";
import { createAuditEngine } from "../audit/mod.ts";
import { createActorContext } from "../base/context.ts";
import { createUlids } from "../base/ulid.ts";
import type { Config } from "../config.ts";
import { createLookups } from "../entities/lookups.ts";
import { hasDatabase } from "../runtime/database.ts";
import { systemPorts } from "../runtime/ports.ts";
import type { ExportCommand } from "./commands.ts";
import { holdConfigured } from "./data_dir.ts";
import { EXIT, Failure } from "./exit.ts";
import type { ExportSource, OpenExport } from "./export_source.ts";
import { openConfigured } from "./open_database.ts";

/** An export from the database itself. Holds the data directory meanwhile, as a server would. */
export async function exportFromDatabase(
  config: Config,
  { query }: ExportCommand,
  { counted, signal }: OpenExport,
  work: (source: ExportSource) => Promise<number>,
): Promise<number> {
  const ports = systemPorts();
  if (config.database.kind === "file" && !hasDatabase(config.dataDir)) {
    throw new Failure(
      EXIT.usage,
      `Cannot export: there is no log in ${config.dataDir}; --data-dir names another place`,
    );
  }
  const dir = await holdConfigured(config);
  try {
    const sql = await openConfigured(config, ports);
    const audit = await createAuditEngine({ ...ports, sql, scope: createActorContext().current });
    try {
      const { format, guard, ...fields } = query;
      const filter = await createFilterReader(createLookups(sql))(fields);
      const facets = counted ? await audit.query.facets(filter) : undefined;
      const id = `ex_${createUlids(ports)()}`;
      const digest = createHash("sha256");
      const bytes = await audit.exports.start({ id, filter, format, guard, actor: "system", digest, signal });
      if (bytes === undefined) throw new Failure(EXIT.failure, "Cannot export now: too many exports are running");
      const total = facets && !facets.partial ? facets.total : null;
      return await work({ bytes, total, proof: () => audit.exports.proof(id) });
    } finally {
      await audit.exports.stop();
      await audit.stop();
      await sql.close();
    }
  } finally {
    dir.release();
  }
}
