import { z } from "zod";
import { type Answer, type Route, route } from "../http/route.ts";
import type { EntityDefinition, Fields } from "./definition.ts";
import { entitySchemas, parseIfMatch } from "./schemas.ts";
import type { Entities } from "./service.ts";
import type { StoredEntity } from "./store.ts";

const ID = z.object({ id: z.string().max(64) });
const LIST_QUERY = z.object({
  tag: z.string().min(1).max(128).optional().describe("Only those with this tag"),
  q: z.string().min(1).max(256).optional().describe("Only those whose name has this text, whatever its case"),
});

/** The five routes of one entity type. `statusOf` gives what is known of the status of one of them at the moment. */
export function entityRoutes(
  entities: Entities,
  definition: EntityDefinition,
  statusOf: (id: string) => Fields | undefined = () => undefined,
): readonly Route[] {
  const { type } = definition;
  const schemas = entitySchemas(definition);
  const label = type.replaceAll("_", " ");
  const common = { tag: definition.path };
  const path = `/api/v1/${definition.path}`;
  const one = `${path}/{id}`;
  const present = (entity: StoredEntity) => presentEntity(definition, entity, statusOf(entity.id));
  const answer = (status: number, entity: StoredEntity): Answer => ({
    status,
    json: present(entity),
    headers: { etag: `"${entity.version}"`, ...(status === 201 ? { location: `${path}/${entity.id}` } : {}) },
  });
  return [
    route({
      ...common,
      method: "GET",
      path,
      access: { who: "viewer" },
      summary: `List the ${label} entities by name`,
      query: LIST_QUERY,
      answers: { 200: schemas.list },
      handle: async ({ query: { tag, q } }) => {
        const found = await entities.list(type, { ...(tag ? { tag } : {}), ...(q ? { q } : {}) });
        return { status: 200, json: { items: found.map(present), total: found.length } };
      },
    }),
    route({
      ...common,
      method: "POST",
      path,
      access: { who: "operator" },
      summary: `Create a ${label}`,
      body: schemas.create,
      answers: { 201: schemas.entity },
      handle: async ({ body }) => answer(201, await entities.create(type, body)),
    }),
    route({
      ...common,
      method: "GET",
      path: one,
      access: { who: "viewer" },
      summary: `Read one ${label}`,
      params: ID,
      answers: { 200: schemas.entity },
      handle: async ({ params }) => answer(200, await entities.get(type, params.id)),
    }),
    route({
      ...common,
      method: "PUT",
      path: one,
      access: { who: "operator" },
      summary: `Change a ${label}; fields left out stay as they are`,
      params: ID,
      body: schemas.update,
      answers: { 200: schemas.entity },
      handle: async ({ params, body, headers }) =>
        answer(200, await entities.update(type, params.id, body, parseIfMatch(headers.get("if-match")))),
    }),
    route({
      ...common,
      method: "DELETE",
      path: one,
      access: { who: "operator" },
      summary: `Delete a ${label} that nothing uses`,
      params: ID,
      answers: { 204: null },
      handle: async ({ params, headers }) => {
        await entities.remove(type, params.id, parseIfMatch(headers.get("if-match")));
        return { status: 204 };
      },
    }),
  ];
}

/** An entity as it is answered: no secret, only whether there is one. */
export function presentEntity(definition: EntityDefinition, entity: StoredEntity, status: Fields | undefined) {
  return {
    id: entity.id,
    name: entity.name,
    description: entity.description,
    tags: entity.tags,
    ...entity.fields,
    ...definition.status,
    ...status,
    ...Object.fromEntries(definition.secrets.map((name) => [`has_${name}`, name in entity.secrets])),
    created_at: entity.created_at,
    updated_at: entity.updated_at,
  };
}
