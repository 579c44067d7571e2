import { z } from "zod";
import { type Route, route } from "../http/route.ts";
import type { Keys } from "./keys.ts";
import { createdKeySchema, keyListSchema, newKeySchema, sessionSchema, toJson } from "./schemas.ts";

const PATH = "/api/v1/system/api-keys";
const TAG = "API keys";

/** Who the caller is to this server: what a user interface asks first. */
export const sessionRoutes = (): readonly Route[] => [
  route({
    method: "GET",
    path: "/api/v1/session",
    access: { who: "viewer" },
    summary: "Tell who the caller is and what the caller may do",
    tag: TAG,
    answers: { 200: sessionSchema },
    handle: ({ caller: { actor, role, key } }) => Promise.resolve({ status: 200, json: { actor, role, key } }),
  }),
];

/** The routes that manage keys: for admins and, for the first key, for whoever sits at this machine. */
export const keyRoutes = ({ keys }: { readonly keys: Pick<Keys, "list" | "create" | "revoke"> }): readonly Route[] => [
  route({
    method: "GET",
    path: PATH,
    access: { who: "admin" },
    summary: "List the API keys",
    tag: TAG,
    answers: { 200: keyListSchema },
    handle: () => {
      const items = keys.list().map(toJson);
      return Promise.resolve({ status: 200, json: { items, total: items.length } });
    },
  }),
  route({
    method: "POST",
    path: PATH,
    access: { who: "admin" },
    summary: "Create an API key; its token is in this answer and never shown again",
    tag: TAG,
    body: newKeySchema,
    answers: { 201: createdKeySchema },
    handle: async ({ body, caller }) => {
      const wanted = { label: body.label, role: body.role, expiresAt: body.expires_at };
      // Without a key one may make the first; that none exists is checked again where it cannot change any more.
      const { key, token } = await keys.create(wanted, { first: !caller.key });
      return { status: 201, json: { ...toJson(key), token }, headers: { "cache-control": "no-store" } };
    },
  }),
  route({
    method: "DELETE",
    path: `${PATH}/{label}`,
    access: { who: "admin" },
    summary: "Revoke an API key and close its live connections; its label stays taken",
    tag: TAG,
    params: z.object({ label: z.string() }),
    answers: { 204: null },
    handle: async ({ params }) => {
      await keys.revoke(params.label);
      return { status: 204 };
    },
  }),
];
