import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Clock, Sql, Turn } from "../audit/ports.ts";
import { createBatchCommitSql } from "../sql/batch_commit.ts";
import { createGroupCommitSql } from "../sql/group_commit.ts";
import { migrate, type Migration, type MigrationTarget } from "../sql/migrations.ts";
import { openFile } from "./libsql_file.ts";
import { openRemote } from "./libsql_remote.ts";

export type DatabasePlace =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "remote"; readonly url: string; readonly authToken?: string };

export type OpenedDatabase =
  | { readonly ok: true; readonly sql: Sql }
  /** The database was made by another version, or changed; nothing was touched. */
  | { readonly ok: false; readonly reason: string };

/** The file a data directory keeps its database in. */
export const databaseFile = (dataDir: string) => join(dataDir, "lumenlog.db");

/** Opens a database and brings its schema up to date. Rejects when it cannot be reached or opened at all. */
export async function openDatabase(
  place: DatabasePlace,
  deps: { clock: Clock; turn: Turn; migrations: readonly Migration[] },
): Promise<OpenedDatabase> {
  return place.kind === "file" ? await openLocal(place.path, deps) : await openServer(place, deps);
}

async function openLocal(
  path: string,
  { clock, turn, migrations }: { clock: Clock; turn: Turn; migrations: readonly Migration[] },
): Promise<OpenedDatabase> {
  const writer = openFile(path, "write");
  const target: MigrationTarget = {
    all: (sql) => Promise.resolve(writer.all(sql, [])),
    exec: (script) => Promise.resolve(writer.exec(script)),
  };
  const migrated = await migrate(target, migrations, clock.now);
  if (!migrated.ok) {
    writer.close();
    return migrated;
  }
  return { ok: true, sql: createGroupCommitSql({ writer, reader: openFile(path, "read"), turn }) };
}

async function openServer(
  place: Extract<DatabasePlace, { kind: "remote" }>,
  { clock, turn, migrations }: { clock: Clock; turn: Turn; migrations: readonly Migration[] },
): Promise<OpenedDatabase> {
  const client = openRemote(place.url, place.authToken);
  const migrated = await migrate({ all: (sql) => client.all(sql, []), exec: client.exec }, migrations, clock.now);
  if (!migrated.ok) {
    await client.close();
    return migrated;
  }
  return { ok: true, sql: createBatchCommitSql({ client, turn, clock, newToken: randomUUID }) };
}
