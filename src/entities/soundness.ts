import { z } from "zod";
import type { Reader } from "../audit/ports.ts";
import type { EntityDefinition, EntityTypeName } from "./definition.ts";
import { parseUpdate } from "./input.ts";
import { type EntityRow, listEntityRows, toEntity } from "./store.ts";

type Definitions = { readonly [Name in EntityTypeName]: EntityDefinition<Name> };

const OBJECT = z.record(z.string(), z.unknown());
const TIME = z.iso.datetime({ precision: 3 });
const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/**
 * Looks through the entities of a database from elsewhere, whose texts this program need not have written. Says what is wrong
 * with the first that could not have been stored here, a clause; undefined when there is none.
 */
export async function findUnsoundEntity(sql: Reader, definitions: Definitions): Promise<string | undefined> {
  const bad = (await listEntityRows(sql)).find((row) => !isSound(row, definitions));
  return bad && `its ${bad.type.slice(0, 32)} ${JSON.stringify(bad.name.slice(0, 64))} could not have been stored here`;
}

function isSound(row: EntityRow, definitions: Definitions): boolean {
  if (!Object.hasOwn(definitions, row.type)) return false;
  const definition = definitions[row.type];
  const [prefix, id = "", ...rest] = row.id.split("_");
  if (prefix !== definition.prefix || !ULID.test(id) || rest.length > 0) return false;
  if (!Number.isSafeInteger(row.version) || row.version < 1) return false;
  if (!TIME.safeParse(row.created_at).success || !TIME.safeParse(row.updated_at).success) return false;
  const entity = parsed(row);
  if (entity === undefined || !OBJECT.safeParse(entity.fields).success) return false;
  return hasSoundSecrets(definition, entity.secrets) && parseUpdate(definition, entity, {}).ok;
}

function parsed(row: EntityRow) {
  try {
    return toEntity(row);
  } catch {
    return undefined; // not even JSON
  }
}

const hasSoundSecrets = ({ secrets: names }: EntityDefinition, secrets: unknown): boolean => {
  const found = z.record(z.string(), z.string().min(1)).safeParse(secrets);
  return found.success && Object.keys(found.data).every((name) => names.includes(name));
};
