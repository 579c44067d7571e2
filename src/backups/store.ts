import type { Reader, Tx } from "../audit/ports.ts";

/** What a copy of a database tells before anything of it is restored. */
export interface CopyFacts {
  /** No entries, nothing set up and no keys. */
  readonly empty: boolean;
  /** False when something that is stored as JSON is none. */
  readonly sound: boolean;
}

export async function readCopyFacts(copy: Reader): Promise<CopyFacts> {
  const row = await copy.get<{ empty: number; sound: number }>(
    `SELECT NOT EXISTS (SELECT 1 FROM activity_log) AND NOT EXISTS (SELECT 1 FROM entity)
         AND NOT EXISTS (SELECT 1 FROM api_key) AS empty,
       NOT EXISTS (SELECT 1 FROM entity
         WHERE NOT json_valid(fields) OR NOT json_valid(tags) OR NOT json_valid(secrets))
       AND NOT EXISTS (SELECT 1 FROM server_setting WHERE NOT json_valid(value)) AS sound`,
  );
  return { empty: row?.empty === 1, sound: row?.sound === 1 };
}

/** Labels of admins in a copy whose keys would open a server: neither revoked nor expired at that time (ISO 8601). */
export async function listUsableAdmins(copy: Reader, now: string): Promise<readonly string[]> {
  const rows = await copy.all<{ label: string }>(
    `SELECT label FROM api_key WHERE source = 'database' AND role = 'admin' AND token_hash IS NOT NULL
       AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)`,
    [now],
  );
  return rows.map(({ label }) => label);
}

/** Labels that the environment declares, or once did: no key of a database may have them. */
export async function listDeclaredLabels(sql: Reader): Promise<readonly string[]> {
  const rows = await sql.all<{ label: string }>("SELECT label FROM api_key WHERE source = 'environment'");
  return rows.map(({ label }) => label);
}

/** Whether people ever set anything up in `main`: then its log is about that. What is found on the network comes by itself. */
export async function isInUse(tx: Reader): Promise<boolean> {
  const row = await tx.get<{ used: number }>(
    `SELECT EXISTS (SELECT 1 FROM main.entity) OR EXISTS (SELECT 1 FROM main.activity_kind
       WHERE category IN ('entity', 'device', 'capture') AND action NOT IN ('device.discovered', 'device.lost')) AS used`,
  );
  return row?.used === 1;
}

const ENTITY = "id, type, name, description, tags, fields, secrets";

/** Puts what people set up in `backup` in the place of what is set up in `main`, the server's own settings too. */
export async function replaceConfiguration(tx: Tx): Promise<void> {
  // Whoever holds the version of a state that is undone now must not be taken for somebody who knows the restored one.
  await tx.run("CREATE TEMP TABLE undone AS SELECT id, version, updated_at FROM main.entity");
  await tx.run("CREATE UNIQUE INDEX temp.undone_id ON undone (id)");
  for (const table of ["entity_reference", "device_identity", "entity", "server_setting"]) {
    await tx.run(`DELETE FROM main.${table}`);
  }
  await tx.run(
    `INSERT INTO main.entity (${ENTITY}, version, created_at, updated_at)
     SELECT ${ENTITY}, CASE WHEN undone.version IS NULL THEN entity.version
         WHEN undone.version = entity.version AND undone.updated_at = entity.updated_at THEN entity.version
         ELSE max(undone.version, entity.version) + 1 END, created_at, entity.updated_at
     FROM backup.entity LEFT JOIN temp.undone USING (id)`,
  );
  await tx.run(
    `INSERT INTO main.entity_reference (from_id, path, to_id) SELECT from_id, path, to_id FROM backup.entity_reference`,
  );
  await tx.run(
    `INSERT INTO main.device_identity (device_id, identity, place)
     SELECT device_id, identity, place FROM backup.device_identity`,
  );
  await tx.run("INSERT INTO main.server_setting (name, value) SELECT name, value FROM backup.server_setting");
  await tx.run(
    "DELETE FROM main.discovered_device WHERE identity IN (SELECT identity FROM main.device_identity)",
  );
  await addConfigHistory(tx);
}

const SNAPSHOT = `id, device_id, device_name, resource_type, sha256, size, normaliser, "trigger", created_at,
  lines_added, lines_removed, changes, text`;

/** What devices were set to is history, and stays; those that have none here get that of the backup, in its order. */
async function addConfigHistory(tx: Tx): Promise<void> {
  await tx.run(
    `INSERT INTO main.config_snapshot (seq, ${SNAPSHOT})
     SELECT seq + (SELECT coalesce(max(seq), 0) FROM main.config_snapshot), ${SNAPSHOT} FROM backup.config_snapshot
     WHERE device_id NOT IN (SELECT device_id FROM main.config_snapshot)
       AND id NOT IN (SELECT id FROM main.config_snapshot)
     ORDER BY seq`,
  );
}

const KEY = "label, role, source, token_hash, created_at, expires_at, last_used_at, revoked_at";

/**
 * Puts the keys of `backup` in the place of those of `main`. Labels never go: of a key that the backup lacks the label stays,
 * revoked at that time (ISO 8601). Labels of declared keys stay what they are.
 */
export async function replaceKeys(tx: Tx, now: string): Promise<void> {
  await tx.run(
    `UPDATE main.api_key SET token_hash = NULL, revoked_at = coalesce(revoked_at, ?) WHERE source = 'database'`,
    [now],
  );
  await tx.run(
    `DELETE FROM main.api_key WHERE source = 'database'
       AND label IN (SELECT label FROM backup.api_key WHERE source = 'database')`,
  );
  await tx.run(`INSERT OR IGNORE INTO main.api_key (${KEY}) SELECT ${KEY} FROM backup.api_key`);
}

/** Takes the labels of `backup` that `main` does not know, without their keys: its log, which is taken over, speaks of them. */
export async function takeLabels(tx: Tx, now: string): Promise<void> {
  await tx.run(
    `INSERT OR IGNORE INTO main.api_key (label, role, source, created_at, expires_at, last_used_at, revoked_at)
     SELECT label, role, source, created_at, expires_at, last_used_at,
       CASE source WHEN 'database' THEN coalesce(revoked_at, ?) ELSE revoked_at END FROM backup.api_key`,
    [now],
  );
}
