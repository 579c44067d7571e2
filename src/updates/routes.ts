import { type Route, route } from "../http/route.ts";
import { UPDATE_SETTINGS, UPDATE_SETTINGS_CHANGE, UPDATE_STATUS } from "./schemas.ts";
import type { Updates } from "./service.ts";

const PATH = "/api/v1/update";
const read = { tag: "update", access: { who: "viewer" } } as const;
const manage = { tag: "update", access: { who: "admin" } } as const;

/** The program's own updates. */
export function updateRoutes(updates: Updates): readonly Route[] {
  return [
    route({
      ...read,
      method: "GET",
      path: PATH,
      summary: "Tell which version runs, whether there is a newer one, and how far an update is",
      answers: { 200: UPDATE_STATUS },
      handle: () => Promise.resolve({ status: 200, json: updates.status() }),
    }),
    route({
      ...manage,
      method: "POST",
      path: `${PATH}/check`,
      summary: "Look for a new version now; 409 where the server cannot update itself, or is doing so",
      answers: { 200: UPDATE_STATUS },
      handle: async () => ({ status: 200, json: await updates.check() }),
    }),
    route({
      ...manage,
      method: "POST",
      path: `${PATH}/apply`,
      summary: "Fetch the available version, put it in the program's place and restart; 409 when there is none",
      answers: { 202: UPDATE_STATUS },
      handle: async () => ({ status: 202, json: await updates.apply() }),
    }),
    route({
      ...manage,
      method: "POST",
      path: `${PATH}/dismiss`,
      summary: "Do not tell of the available version any more; 409 when there is none",
      answers: { 200: UPDATE_STATUS },
      handle: async () => ({ status: 200, json: await updates.dismiss() }),
    }),
    route({
      ...read,
      method: "GET",
      path: `${PATH}/settings`,
      summary: "Tell how new versions are looked for",
      answers: { 200: UPDATE_SETTINGS },
      handle: () => Promise.resolve({ status: 200, json: updates.settings() }),
    }),
    route({
      ...manage,
      method: "PUT",
      path: `${PATH}/settings`,
      summary: "Change how new versions are looked for; what is left out stays",
      body: UPDATE_SETTINGS_CHANGE,
      answers: { 200: UPDATE_SETTINGS },
      handle: async ({ body }) => ({ status: 200, json: await updates.change(body) }),
    }),
  ];
}
