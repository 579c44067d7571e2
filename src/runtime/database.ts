import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Clock, Sql, Turn } from "../audit/ports.ts";
import { createBatchCommitSql } from "../sql/batch_commit.ts";
import { createGroupCommitSql } from "../sql/group_commit.ts";
import { migrate, type Migration, type MigrationTarget } from "../sql/migrations.ts";
import { openInBackground } from "./libsql_background.ts";
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

/** Whether a data directory has a database. */
export const hasDatabase = (dataDir: string): boolean => existsSync(databaseFile(dataDir));

interface OpenDeps {
  readonly clock: Clock;
  readonly turn: Turn;
  readonly migrations: readonly Migration[];
}

/** Opens a database and brings its schema up to date. Rejects when it cannot be reached or opened at all. */
export async function openDatabase(place: DatabasePlace, deps: OpenDeps): Promise<OpenedDatabase> {
  return place.kind === "file" ? await openLocal(place.path, deps) : await openServer(place, deps);
}

async function openLocal(path: string, { clock, turn, migrations }: OpenDeps): Promise<OpenedDatabase> {
  const writer = openFile(path, "write");
  const target: MigrationTarget = {
    all: (sql) => Promise.resolve(writer.all(sql, [])),
    exec: (script) => Promise.resolve(writer.exec(script)),
  };
  return await closeUnlessOpened(() => writer.close(), async () => {
    const migrated = await migrate(target, migrations, clock.now);
    return migrated.ok
      ? {
        ok: true,
        sql: createGroupCommitSql({
          writer,
          reader: openFile(path, "read"),
          background: openInBackground(path),
          turn,
        }),
      }
      : migrated;
  });
}

async function openServer(
  place: Extract<DatabasePlace, { kind: "remote" }>,
  { clock, turn, migrations }: OpenDeps,
): Promise<OpenedDatabase> {
  const client = openRemote(place.url, place.authToken);
  return await closeUnlessOpened(client.close, async () => {
    const migrated = await migrate({ all: (sql) => client.all(sql, []), exec: client.exec }, migrations, clock.now);
    return migrated.ok
      ? { ok: true, sql: createBatchCommitSql({ client, turn, clock, newToken: randomUUID }) }
      : migrated;
  });
}

async function closeUnlessOpened(
  close: () => void | Promise<void>,
  open: () => Promise<OpenedDatabase>,
): Promise<OpenedDatabase> {
  let opened = false;
  try {
    const outcome = await open();
    opened = outcome.ok;
    return outcome;
  } finally {
    if (!opened) await close();
  }
}
