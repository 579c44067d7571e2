import { z } from "zod";
import type { Schemas } from "./openapi_schemas.ts";
import type { Operation, Parameter, Reference, Reply } from "./openapi_types.ts";
import type { ProblemCode } from "./problem.ts";
import type { Access, Route } from "./route.ts";

/** One route as OpenAPI says it. */
export function describeOperation(route: Route, schemas: Schemas): Operation {
  const parameters = [...pathParameters(route, schemas), ...queryParameters(route, schemas)];
  return {
    operationId: operationId(route),
    summary: route.summary,
    tags: [route.tag],
    ...guard(route.access),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body !== undefined && { requestBody: requestBody(route.body, route.bodyOptional === true, schemas) }),
    ...(route.rawBody !== undefined && { requestBody: fileBody(route.rawBody) }),
    responses: { ...answers(route, schemas), ...problems(route) },
  };
}

/** `GET /api/v1/devices/{id}/state` is `getDevicesByIdState`. */
function operationId({ method, path }: Route): string {
  const words = path.replace(/^\/api\/v1\//, "").replaceAll("{", "by-").split(/\W+/).filter((word) => word !== "");
  const named = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + named.join("");
}

function guard(access: Access): Pick<Operation, "security" | "x-role" | "x-real-key"> {
  if (access.who === "anyone") return { security: [] };
  return { security: [{ bearer: [] }], "x-role": access.who, ...(access.key && { "x-real-key": true }) };
}

/** Those that the path has, also when the route leaves their schema out. */
function pathParameters({ path, params }: Route, schemas: Schemas): readonly Parameter[] {
  const declared = params === undefined ? [] : parametersOf(params, "path", schemas);
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => {
    return declared.find((one) => one.name === name) ??
      { name, in: "path", required: true, schema: { type: "string" } };
  });
}

const queryParameters = ({ query }: Route, schemas: Schemas) =>
  query === undefined ? [] : parametersOf(query, "query", schemas);

function parametersOf(object: z.ZodObject, place: Parameter["in"], schemas: Schemas): readonly Parameter[] {
  return Object.entries(object.shape).map(([name, field]) => {
    // A shape holds what was given to `z.object`; its type says only the core of that.
    const { description, ...schema } = schemas.embed(field as z.ZodType, "input");
    const required = place === "path" || !z.safeParse(field, undefined).success;
    return { name, in: place, required, ...(description !== undefined && { description }), schema };
  });
}

function requestBody(body: z.ZodType, optional: boolean, schemas: Schemas): NonNullable<Operation["requestBody"]> {
  return { required: !optional, content: { "application/json": { schema: schemas.embed(body, "input") } } };
}

/** A file has no schema: its media type says it all. */
function fileBody(types: readonly string[]): NonNullable<Operation["requestBody"]> {
  return { required: true, content: Object.fromEntries(types.map((type) => [type, { schema: {} }])) };
}

function answers({ answers, produces = "application/json" }: Route, schemas: Schemas): Readonly<Record<string, Reply>> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      const described = schema && { schema: schemas.embed(schema, "output") };
      const content = described && Object.fromEntries([produces].flat().map((type) => [type, described]));
      return [status, { description: meaning(Number(status)), ...(content && { content }) }];
    }),
  );
}

function meaning(status: number): string {
  if (status === 201) return "Created";
  if (status === 202) return "Accepted";
  if (status === 204) return "Done; no body";
  return status < 300 ? "Done" : "Refused";
}

/** Problems by the name of their component: those that the declaration itself implies, and `default` for the rest. */
function problems(route: Route): Readonly<Record<string, Reference>> {
  const guarded = route.access.who !== "anyone";
  const brings = route.body !== undefined || route.rawBody !== undefined;
  const expected: readonly (readonly [number, ProblemCode, boolean])[] = [
    [400, "malformed", brings],
    [401, "unauthorized", guarded],
    [403, "forbidden", true],
    [404, "not_found", route.path.includes("{")],
    [413, "too_large", brings],
    [415, "unsupported_media_type", brings],
    [422, "invalid", true],
  ];
  const implied = expected.filter(([status, , applies]) => applies && !(status in route.answers));
  const references = implied.map(([status, code]) => [String(status), problemReference(code)] as const);
  return Object.fromEntries([...references, ["default", problemReference("problem")]]);
}

const problemReference = (name: string): Reference => ({ $ref: `#/components/responses/${name}` });
