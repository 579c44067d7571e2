import { z } from "zod";
import { Refusal } from "../base/errors.ts";
import { describeApi } from "./openapi.ts";
import type { ApiDocument } from "./openapi_types.ts";
import { REFERENCE_POLICY, referencePage } from "./reference_page.ts";
import { type Route, route } from "./route.ts";

export interface DescribeDeps {
  /** Every route of the server, these included; asked at the first request, when the table is whole. */
  readonly routes: () => readonly Route[];
  readonly version: string;
  /** A file of the public directory by its name; undefined when it is not there. */
  readonly readAsset: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
}

const PUBLIC = { method: "GET", access: { who: "anyone" }, tag: "API description" } as const;

/** The API's description of itself, for programs and for people. */
export function describeRoutes({ routes, version, readAsset }: DescribeDeps): readonly Route[] {
  const api = once(() => describeApi(routes(), { version }));
  return [documentRoute(once(() => JSON.stringify(api()))), pageRoute(api), stylesheetRoute(readAsset)];
}

function documentRoute(text: () => string): Route {
  return route({
    ...PUBLIC,
    path: "/api/v1/openapi.json",
    summary: "This API in OpenAPI 3.1.",
    answers: { 200: z.looseObject({ openapi: z.string() }) },
    handle: () => Promise.resolve({ status: 200, text: text() }),
  });
}

function pageRoute(api: () => ApiDocument): Route {
  const page = once(() => referencePage(api()));
  return route({
    ...PUBLIC,
    path: "/api/v1/docs",
    browser: true,
    summary: "This API as a page to read.",
    answers: { 200: z.string() },
    produces: "text/html",
    handle: async () => ({
      status: 200,
      text: await page(),
      type: "text/html; charset=utf-8",
      headers: { "content-security-policy": REFERENCE_POLICY },
    }),
  });
}

function stylesheetRoute(readAsset: DescribeDeps["readAsset"]): Route {
  return route({
    ...PUBLIC,
    path: "/reference.css",
    browser: true,
    summary: "The stylesheet of the page.",
    answers: { 200: z.string() },
    produces: "text/css",
    handle: async () => {
      const bytes = await readAsset("reference.css");
      if (bytes === undefined) throw new Refusal("not_found", "The stylesheet is not installed");
      return { status: 200, bytes, type: "text/css; charset=utf-8" };
    },
  });
}

/** Made at the first call and kept. */
function once<T>(make: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (kept ??= { value: make() }).value;
}
