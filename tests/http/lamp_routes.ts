import { z } from "zod";
import { type Route, route } from "../../src/http/route.ts";

interface Tree {
  readonly name: string;
  readonly parts: readonly Tree[];
}

const colour = z.string().regex(/^#[0-9a-f]{6}$/).meta({ id: "LampColour", description: "As in CSS" });
const tree: z.ZodType<Tree> = z.object({
  name: z.string(),
  get parts() {
    return z.array(tree);
  },
});
const lamp = z.object({
  name: z.string().transform((name) => name.trim()).pipe(z.string().min(1).max(256)),
  colours: z.array(colour).min(2),
  brightness: z.number().min(0).max(1).default(1),
  channel: z.preprocess((value) => value, z.int().nullable()),
  labels: z.record(z.string(), z.string()).optional(),
  wiring: tree.optional(),
}).refine((it) => it.brightness > 0, "Must shine");
const shown = z.object({ id: z.string(), colour, made: z.string().transform((text) => new Date(text)) });

const unused = () => Promise.resolve({ status: 204 });
const common = { tag: "Lamps", handle: unused } as const;

/** A small table with everything in it that is hard to describe. */
export const LAMP_ROUTES: readonly Route[] = [
  route({
    ...common,
    method: "GET",
    path: "/api/v1/lamps",
    access: { who: "viewer" },
    summary: "Lists lamps.",
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50).describe("How many at most"),
      tags: z.union([z.string(), z.array(z.string())]).transform((tags) => [tags].flat()).optional(),
      since: z.iso.datetime().optional(),
      kind: z.enum(["desk", "floor"]),
    }).refine(() => true),
    answers: { 200: z.object({ items: z.array(shown), total: z.int() }) },
  }),
  route({
    ...common,
    method: "POST",
    path: "/api/v1/lamps",
    access: { who: "operator" },
    summary: "Makes a lamp.",
    body: lamp,
    answers: { 201: shown, 409: z.object({ users: z.array(z.string()) }) },
  }),
  route({
    ...common,
    method: "PUT",
    path: "/api/v1/lamps/{id}/parts/{part}",
    access: { who: "admin", key: true },
    summary: "Replaces a part.",
    params: z.object({ id: z.string(), part: z.coerce.number().int() }),
    body: tree,
    bodyOptional: true,
    answers: { 200: tree },
  }),
  route({
    ...common,
    method: "DELETE",
    path: "/api/v1/lamps/{id}",
    access: { who: "operator" },
    summary: "Removes a lamp.",
    answers: { 204: null },
  }),
  route({
    ...common,
    method: "GET",
    path: "/health",
    access: { who: "anyone" },
    summary: "Says how it is.",
    tag: "System",
    answers: { 200: z.strictObject({ status: z.literal(["ok", "degraded"]), since: z.date(), huge: z.bigint() }) },
  }),
];
