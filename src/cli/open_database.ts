import type { Clock, Sql, Turn } from "../audit/ports.ts";
import type { Config } from "../config.ts";
import { databaseFile, type DatabasePlace, openDatabase } from "../runtime/database.ts";
import { programRoot, readMigrations } from "../runtime/program_files.ts";
import { EXIT, Failure } from "./exit.ts";

/** Opens the configured database and brings its schema up to date. Throws a Failure when that cannot be. */
export async function openConfigured(config: Config, ports: { clock: Clock; turn: Turn }): Promise<Sql> {
  const place = placeOf(config);
  const opened = await openDatabase(place, { ...ports, migrations: readMigrations(programRoot()) })
    .catch((error: unknown) => {
      const what = place.kind === "file" ? place.path : "the remote database";
      const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
      throw new Failure(EXIT.failure, `Cannot open ${what}: ${error instanceof Error ? error.message : error}${cause}`);
    });
  if (!opened.ok) throw new Failure(EXIT.failure, opened.reason);
  return opened.sql;
}

/** Where the configured database is. */
export function placeOf({ dataDir, database }: Config): DatabasePlace {
  if (database.kind === "file") return { kind: "file", path: databaseFile(dataDir) };
  const { url, authToken } = database;
  return { kind: "remote", url, ...(authToken === null ? {} : { authToken }) };
}
