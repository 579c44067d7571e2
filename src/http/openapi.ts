import { describeOperation } from "./openapi_operation.ts";
import { createSchemas, type Schemas } from "./openapi_schemas.ts";
import type { ApiDocument, Operation, Reply } from "./openapi_types.ts";
import { PROBLEM_SCHEMA, PROBLEMS } from "./problem.ts";
import type { Route } from "./route.ts";

const SUMMARY = "Lights on the local network, and a log of who did what with them. " +
  "Every failure is a problem document (RFC 9457) whose type does not change.";
const KEY = "A key of this server. As long as no key exists, a caller on the same machine needs none, " +
  "except where a route says that it always does (x-real-key).";

/** The API in OpenAPI 3.1, made from the very schemas that check each request. The same routes give the same text. */
export function describeApi(all: readonly Route[], { version }: { readonly version: string }): ApiDocument {
  const routes = all.filter(({ browser }) => !browser);
  const schemas = createSchemas();
  const responses = problemReplies(schemas);
  const paths = pathsOf(routes, schemas);
  return {
    openapi: "3.1.0",
    info: { title: "Lumenlog", version, description: SUMMARY },
    servers: [{ url: "/" }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components(),
      responses,
      securitySchemes: { bearer: { type: "http", scheme: "bearer", description: KEY } },
    },
  };
}

function pathsOf(routes: readonly Route[], schemas: Schemas): ApiDocument["paths"] {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const methods = paths[route.path] ??= {};
    methods[route.method.toLowerCase()] = describeOperation(route, schemas);
  }
  return paths;
}

/** One reusable response for each kind of problem, and `problem` for any of them. */
function problemReplies(schemas: Schemas): Readonly<Record<string, Reply>> {
  const content = { "application/problem+json": { schema: schemas.share("Problem", PROBLEM_SCHEMA) } };
  const kinds = Object.entries(PROBLEMS).map(([code, { title }]) => [code, { description: title, content }] as const);
  return Object.fromEntries([...kinds, ["problem", { description: "Any other problem", content }]]);
}
