/** One migration file: its number, its name and its text. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, hex. */
  readonly checksum: string;
}

export interface AppliedMigration {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
}

/** What the runner needs of a database before it has any table. */
export interface MigrationTarget {
  all(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Runs a text of several statements. */
  exec(script: string): Promise<void>;
}

export type MigrationCheck =
  | { readonly ok: true; readonly pending: readonly Migration[] }
  | { readonly ok: false; readonly reason: string };

/** Says what is left to apply, or why this program must not touch the database. */
export function checkMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): MigrationCheck {
  for (const [index, done] of applied.entries()) {
    const migration = known[index];
    if (!migration || migration.version !== done.version) {
      return refused(
        `it has migration ${done.version} (${done.name}), which this version of Lumenlog does not know`,
      );
    }
    if (migration.checksum !== done.checksum) {
      return refused(
        `migration ${done.version} (${done.name}) was applied with another text than this version has`,
      );
    }
  }
  return { ok: true, pending: known.slice(applied.length) };
}

const refused = (why: string): MigrationCheck => ({
  ok: false,
  reason: `Cannot use this database: ${why}. Nothing was changed.`,
});

/** Applies what is missing, each migration in one transaction together with its record. Refuses before any write. */
export async function migrate(
  target: MigrationTarget,
  known: readonly Migration[],
  now: () => number,
) {
  const check = checkMigrations(known, await readApplied(target));
  if (!check.ok) return check;
  for (const migration of check.pending) {
    await target.exec(asTransaction(migration, now()));
  }
  return check;
}

async function readApplied(
  target: MigrationTarget,
): Promise<readonly AppliedMigration[]> {
  const tables = await target.all(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'",
  );
  if (tables.length === 0) return [];
  const rows = await target.all(
    "SELECT version, name, checksum FROM schema_migration ORDER BY version",
  );
  return rows.map((row) => ({
    version: Number(row["version"]),
    name: String(row["name"]),
    checksum: String(row["checksum"]),
  }));
}

function asTransaction(migration: Migration, now: number): string {
  const record = [
    migration.name,
    migration.checksum,
    new Date(now).toISOString(),
  ].map(quote).join(", ");
  return `BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS schema_migration (
  version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at TEXT NOT NULL
) STRICT;
${migration.sql}
INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES (${migration.version}, ${record});
COMMIT;`;
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
