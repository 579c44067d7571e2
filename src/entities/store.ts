import type { Reader, Tx } from "../audit/ports.ts";
import type { Common } from "./common.ts";
import type { EntityTypeName, Fields } from "./definition.ts";
import type { FoundReference } from "./references.ts";

/** An entity as it is stored. `version` counts its changes from 1. */
export interface StoredEntity extends Common {
  readonly id: string;
  readonly type: EntityTypeName;
  readonly fields: Fields;
  readonly secrets: Readonly<Record<string, string>>;
  readonly version: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface EntityName {
  readonly id: string;
  readonly type: EntityTypeName;
  readonly name: string;
}

export interface EntityRow extends Omit<StoredEntity, "tags" | "fields" | "secrets"> {
  readonly tags: string;
  readonly fields: string;
  readonly secrets: string;
}

const COLUMNS = "id, type, name, description, tags, fields, secrets, version, created_at, updated_at";

// These texts were written by this file from validated values.
export const toEntity = (row: EntityRow): StoredEntity => ({
  ...row,
  tags: JSON.parse(row.tags) as readonly string[],
  fields: JSON.parse(row.fields) as Fields,
  secrets: JSON.parse(row.secrets) as Readonly<Record<string, string>>,
});

/** All rows as they are, whoever wrote them. */
export const listEntityRows = (sql: Reader): Promise<readonly EntityRow[]> =>
  sql.all<EntityRow>(`SELECT ${COLUMNS} FROM entity ORDER BY id`);

/** All of a type, by name. */
export async function listEntities(sql: Reader, type: EntityTypeName): Promise<readonly StoredEntity[]> {
  const rows = await sql.all<EntityRow>(
    `SELECT ${COLUMNS} FROM entity WHERE type = ? ORDER BY name COLLATE NOCASE, id`,
    [type],
  );
  return rows.map(toEntity);
}

export async function findEntity(sql: Reader, type: EntityTypeName, id: string): Promise<StoredEntity | undefined> {
  const row = await sql.get<EntityRow>(`SELECT ${COLUMNS} FROM entity WHERE id = ? AND type = ?`, [id, type]);
  return row && toEntity(row);
}

export async function findByName(sql: Reader, type: EntityTypeName, name: string): Promise<EntityName | undefined> {
  return await sql.get<EntityName>("SELECT id, type, name FROM entity WHERE type = ? AND name = ?", [type, name]);
}

/** Those of the ids that exist, with their types. */
export async function findNames(sql: Reader, ids: readonly string[]): Promise<readonly EntityName[]> {
  if (ids.length === 0) return [];
  return await sql.all<EntityName>(
    "SELECT id, type, name FROM entity WHERE id IN (SELECT value FROM json_each(?))",
    [JSON.stringify(ids)],
  );
}

/** The ids of the entities that carry the tag, of one type or of all. */
export async function findTagged(sql: Reader, tag: string, type: string | undefined): Promise<readonly string[]> {
  const rows = await sql.all<{ id: string }>(
    `SELECT id FROM entity WHERE type = coalesce(?, type) AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)`,
    [type ?? null, tag],
  );
  return rows.map(({ id }) => id);
}

/** The entity and all that refers to it, directly or through others, by their ids; what is gone refers no more. */
export async function findRelated(sql: Reader, id: string): Promise<readonly string[]> {
  const rows = await sql.all<{ id: string }>(
    `WITH RECURSIVE related (id) AS (
       SELECT ? UNION SELECT used.from_id FROM entity_reference AS used JOIN related ON used.to_id = related.id
     ) SELECT id FROM related`,
    [id],
  );
  return rows.map((row) => row.id);
}

/** Who refers to the entity, by type and name; at most 50. */
export async function findUsers(sql: Reader, id: string): Promise<readonly EntityName[]> {
  return await sql.all<EntityName>(
    `SELECT DISTINCT user.id, user.type, user.name FROM entity_reference AS used
     JOIN entity AS user ON user.id = used.from_id
     WHERE used.to_id = ? ORDER BY user.type, user.name LIMIT 50`,
    [id],
  );
}

export async function insertEntity(tx: Tx, entity: StoredEntity, references: readonly FoundReference[]): Promise<void> {
  const { tags, fields, secrets } = texts(entity);
  await tx.run(
    `INSERT INTO entity (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      entity.id,
      entity.type,
      entity.name,
      entity.description,
      tags,
      fields,
      secrets,
      entity.version,
      entity.created_at,
      entity.updated_at,
    ],
  );
  await insertReferences(tx, entity.id, references);
}

export async function updateEntity(tx: Tx, entity: StoredEntity, references: readonly FoundReference[]): Promise<void> {
  const { tags, fields, secrets } = texts(entity);
  await tx.run(
    `UPDATE entity SET name = ?, description = ?, tags = ?, fields = ?, secrets = ?, version = ?, updated_at = ?
     WHERE id = ?`,
    [entity.name, entity.description, tags, fields, secrets, entity.version, entity.updated_at, entity.id],
  );
  await tx.run("DELETE FROM entity_reference WHERE from_id = ?", [entity.id]);
  await insertReferences(tx, entity.id, references);
}

export async function deleteEntity(tx: Tx, id: string): Promise<void> {
  await tx.run("DELETE FROM entity WHERE id = ?", [id]);
}

async function insertReferences(tx: Tx, from: string, references: readonly FoundReference[]): Promise<void> {
  if (references.length === 0) return;
  await tx.run(
    `INSERT INTO entity_reference (from_id, path, to_id)
     SELECT ?, value ->> 'path', value ->> 'id' FROM json_each(?)`,
    [from, JSON.stringify(references)],
  );
}

const texts = (entity: StoredEntity) => ({
  tags: JSON.stringify(entity.tags),
  fields: JSON.stringify(entity.fields),
  secrets: JSON.stringify(entity.secrets),
});
