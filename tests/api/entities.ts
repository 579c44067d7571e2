import { ENTITY_TYPES, type EntityTypeName } from "../../src/entities/definition.ts";
import { ENTITY_DEFINITIONS } from "../../src/entity_types.ts";
import { MINIMAL } from "../entities/samples.ts";
import type { TestApp } from "../support/app.ts";
import { type Body, bodyOf, textOf } from "./answers.ts";

export { ENTITY_TYPES, type EntityTypeName, MINIMAL };

export const pathOf = (type: EntityTypeName) => `/api/v1/${ENTITY_DEFINITIONS[type].path}`;

/** Sends a create call: the least that the type needs, and `body` over it. */
export const post = ({ call }: TestApp, type: EntityTypeName, body: Body = {}): Promise<Response> =>
  call("POST", pathOf(type), { json: { ...MINIMAL[type], ...body } });

/** What was created. */
export async function make(app: TestApp, type: EntityTypeName, body: Body = {}): Promise<Body> {
  return await bodyOf(await post(app, type, body), 201);
}

export const makeId = async (app: TestApp, type: EntityTypeName, body: Body = {}): Promise<string> =>
  textOf(await make(app, type, body), "id");

export const put = ({ call }: TestApp, type: EntityTypeName, id: string, json: unknown, ifMatch?: string) =>
  call("PUT", `${pathOf(type)}/${id}`, { json, headers: { "if-match": ifMatch ?? null } });

export const get = ({ call }: TestApp, type: EntityTypeName, id: string) => call("GET", `${pathOf(type)}/${id}`);

export const remove = ({ call }: TestApp, type: EntityTypeName, id: string, ifMatch?: string) =>
  call("DELETE", `${pathOf(type)}/${id}`, { headers: { "if-match": ifMatch ?? null } });

export async function namesIn(answer: Response): Promise<readonly unknown[]> {
  const list: { readonly items: readonly Body[]; readonly total: number } = await answer.json();
  if (answer.status !== 200 || list.total !== list.items.length) throw new Error(JSON.stringify(list));
  return list.items.map(({ name }) => name);
}

/** What stands in the log about entities: action, type, name. */
export const changesIn = (app: TestApp) =>
  app.entries().filter(({ category }) => category === "entity")
    .map(({ action, entity_type, entity_name }) => [action, entity_type, entity_name]);
