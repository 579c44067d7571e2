import { bindActions, type ChangeTx, fold, type Recorder } from "../audit/mod.ts";
import type { Clock, Reader } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import { stableText } from "../base/json.ts";
import { entityActions } from "./actions.ts";
import type { EntityDefinition, EntityTypeName, FieldProblem, Fields, Outside } from "./definition.ts";
import { parseCreate, type Parsed, parseUpdate } from "./input.ts";
import { MOST_PROBLEMS } from "./problems.ts";
import { findReferences, type FoundReference } from "./references.ts";
import {
  deleteEntity,
  findByName,
  findEntity,
  findNames,
  findUsers,
  insertEntity,
  listEntities,
  type StoredEntity,
  updateEntity,
} from "./store.ts";

/** Told to live clients after the change is stored. */
export interface EntityChanged {
  readonly type: "entity_changed";
  readonly entity_type: EntityTypeName;
  readonly entity_id: string;
  readonly change: "created" | "updated" | "deleted";
}

/** Entities of every type. Each change goes through here: it is checked, stored, recorded and told of in one place. */
export interface Entities {
  list(type: EntityTypeName, wanted: { readonly tag?: string; readonly q?: string }): Promise<readonly StoredEntity[]>;
  /** Refuses with `not_found`. */
  get(type: EntityTypeName, id: string): Promise<StoredEntity>;
  /** Refuses with `invalid` or `name_taken`. */
  create(type: EntityTypeName, body: unknown): Promise<StoredEntity>;
  /** Also refuses with `precondition_failed` when `versions` is given and the stored one is not among them. */
  update(type: EntityTypeName, id: string, body: unknown, versions?: readonly number[]): Promise<StoredEntity>;
  /** Also refuses with `in_use`, naming the users. */
  remove(type: EntityTypeName, id: string, versions?: readonly number[]): Promise<void>;
}

type Definitions = { readonly [Name in EntityTypeName]: EntityDefinition<Name> };

const ATTEMPTS = 5;

export function createEntities(deps: {
  sql: Reader;
  recorder: Recorder;
  clock: Clock;
  newId: () => string;
  definitions: Definitions;
  outside: Outside;
  /** Called after the change is stored, with the entity as it is then, or was. */
  announce: (message: EntityChanged, entity: StoredEntity) => void;
}): Entities {
  const { sql, recorder, clock, definitions } = deps;
  const log = bindActions(recorder, entityActions);
  const finders = new Map(
    Object.values(definitions).map((definition) => [definition.type, findReferences(definition)] as const),
  );
  const referencesOf = (type: EntityTypeName, fields: Fields) => finders.get(type)!(fields);

  const noteIn = (tx: ChangeTx, change: EntityChanged["change"], entity: StoredEntity) =>
    log.recordIn(tx, `entity.${change}`, { entityType: entity.type, entityId: entity.id, entityName: entity.name });
  const tell = (change: EntityChanged["change"], entity: StoredEntity) =>
    deps.announce({ type: "entity_changed", entity_type: entity.type, entity_id: entity.id, change }, entity);

  const get = async (type: EntityTypeName, id: string) => await findEntity(sql, type, id) ?? refuseMissing(type, id);

  /** What the schema allows and the world agrees to. */
  const admit = async (definition: EntityDefinition, parsed: Parsed, given: Fields) => {
    if (!parsed.ok) return refuseInvalid(parsed.problems);
    const admission = await definition.admit?.(parsed.fields, given, deps.outside);
    if (admission?.ok === false) return refuseInvalid(admission.problems);
    return { ...parsed, fields: admission?.fields ?? parsed.fields };
  };

  const checkIn = async (tx: ChangeTx, entity: StoredEntity) => {
    const taken = await findByName(tx, entity.type, entity.name);
    if (taken && taken.id !== entity.id) refuseTaken(entity);
    const references = referencesOf(entity.type, entity.fields);
    refuseDead(references, await findNames(tx, [...new Set(references.map(({ id }) => id))]));
    return references;
  };

  const create = async (type: EntityTypeName, body: unknown) => {
    const definition = definitions[type];
    const { common, fields, secrets } = await admit(definition, parseCreate(definition, body), objectOf(body));
    const now = new Date(clock.now()).toISOString();
    const entity: StoredEntity = {
      ...common,
      id: `${definition.prefix}_${deps.newId()}`,
      type,
      fields,
      secrets: withSecrets({}, secrets),
      version: 1,
      created_at: now,
      updated_at: now,
    };
    await recorder.change(async (tx) => {
      await insertEntity(tx, entity, await checkIn(tx, entity));
      noteIn(tx, "created", entity);
    });
    tell("created", entity);
    return entity;
  };

  /** The entity as the body makes it; undefined when the world has to be asked first. */
  const merge = (definition: EntityDefinition, stored: StoredEntity, body: unknown) => {
    const parsed = parseUpdate(definition, stored, body);
    if (!parsed.ok) return refuseInvalid(parsed.problems);
    const moved = stableText(parsed.fields) !== stableText(stored.fields);
    return moved && definition.admit ? undefined : mergedWith(stored, parsed);
  };

  const admitUpdate = async (definition: EntityDefinition, stored: StoredEntity, body: unknown) =>
    merge(definition, stored, body) ??
      mergedWith(stored, await admit(definition, parseUpdate(definition, stored, body), objectOf(body)));

  /** Undefined when somebody else changed the entity while the world was asked. */
  const tryUpdate = async (type: EntityTypeName, id: string, body: unknown, versions?: readonly number[]) => {
    const definition = definitions[type];
    const before = await get(type, id);
    refuseVersion(before, versions);
    const admitted = await admitUpdate(definition, before, body);
    if (isSame(admitted, before)) return before;
    const outcome = await recorder.change(async (tx) => {
      const current = await findEntity(tx, type, id) ?? refuseMissing(type, id);
      refuseVersion(current, versions);
      const after = current.version === before.version ? admitted : merge(definition, current, body);
      if (after === undefined) return undefined;
      if (isSame(after, current)) return { entity: current, changed: false };
      const entity = { ...after, version: current.version + 1, updated_at: new Date(clock.now()).toISOString() };
      await updateEntity(tx, entity, await checkIn(tx, entity));
      noteIn(tx, "updated", entity);
      return { entity, changed: true };
    });
    if (outcome?.changed) tell("updated", outcome.entity);
    return outcome?.entity;
  };

  return {
    list: async (type, { tag, q }) => {
      const wanted = q === undefined ? undefined : fold(q);
      return (await listEntities(sql, type)).filter((entity) =>
        (tag === undefined || entity.tags.includes(tag)) && (wanted === undefined || fold(entity.name).includes(wanted))
      );
    },
    get,
    create,
    update: async (type, id, body, versions) => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const stored = await tryUpdate(type, id, body, versions);
        if (stored) return stored;
      }
      throw new Refusal("conflict", `Cannot update ${type} ${id}: others keep changing it`);
    },
    remove: async (type, id, versions) => {
      const removed = await recorder.change(async (tx) => {
        const entity = await findEntity(tx, type, id) ?? refuseMissing(type, id);
        refuseVersion(entity, versions);
        refuseUsed(entity, await findUsers(tx, id));
        await deleteEntity(tx, id);
        noteIn(tx, "deleted", entity);
        return entity;
      });
      tell("deleted", removed);
    },
  };
}

const isSame = (a: StoredEntity, b: StoredEntity): boolean => stableText(a) === stableText(b);

const mergedWith = (
  stored: StoredEntity,
  { common, fields, secrets }: Extract<Parsed, { ok: true }>,
): StoredEntity => ({
  ...stored,
  ...common,
  fields,
  secrets: withSecrets(stored.secrets, secrets),
});

const objectOf = (body: unknown): Fields =>
  typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body } : {};

function withSecrets(stored: Readonly<Record<string, string>>, given: Readonly<Record<string, string | null>>) {
  const secrets: Record<string, string> = { ...stored };
  for (const [name, value] of Object.entries(given)) {
    if (value === null) delete secrets[name];
    else secrets[name] = value;
  }
  return secrets;
}

function refuseMissing(type: EntityTypeName, id: string): never {
  throw new Refusal("not_found", `Cannot find ${type} "${id}"`);
}

function refuseInvalid(problems: readonly FieldProblem[]): never {
  throw new Refusal("invalid", "Cannot store this: some fields are not as they must be", {
    issues: problems.slice(0, MOST_PROBLEMS),
  });
}

function refuseTaken({ type, name }: StoredEntity): never {
  throw new Refusal("name_taken", `Cannot use the name '${name}': another ${type} has it`, {
    issues: [{ field: "name", message: "is taken" }],
  });
}

function refuseVersion(entity: StoredEntity, versions: readonly number[] | undefined): void {
  if (!versions || versions.includes(entity.version)) return;
  throw new Refusal("precondition_failed", `Cannot change ${entity.type} "${entity.id}": it has changed since`);
}

function refuseDead(
  references: readonly FoundReference[],
  found: readonly { readonly id: string; readonly type: EntityTypeName }[],
): void {
  const types = new Map(found.map(({ id, type }) => [id, type]));
  const dead = references.filter(({ id, type }) => types.get(id) !== type);
  if (dead.length > 0) refuseInvalid(dead.map(({ path, type }) => ({ field: path, message: `no such ${type}` })));
}

function refuseUsed(
  entity: StoredEntity,
  users: readonly { readonly id: string; readonly type: EntityTypeName; readonly name: string }[],
): void {
  if (users.length === 0) return;
  const named = users.slice(0, 5).map(({ type, name }) => `${type} '${name}'`).join(", ");
  const rest = users.length > 5 ? ` and ${users.length - 5} more` : "";
  throw new Refusal("in_use", `Cannot delete ${entity.type} '${entity.name}': used by ${named}${rest}`, {
    extra: { users },
  });
}
