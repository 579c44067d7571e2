import { type Import, importsOf } from "../imports.ts";
import { fileOf, type Layer, layerOf } from "../layers.ts";
import { at, type Rule } from "../rule.ts";

/** Pure: they compute, and neither read nor change the world. */
const PURE = [
  "zod",
  "diff",
  "node:async_hooks",
  "node:buffer",
  "node:crypto",
  "node:path",
  "node:url",
  "node:util",
  "node:zlib",
];

/** What draws the browser UI. */
const DRAWING = ["preact", "preact/hooks", "@preact/signals"];

/** Adapters of hono to a runtime. */
const RUNTIME_HONO = ["hono/deno", "hono/bun"];

export const packages: Rule = {
  name: "packages stay at their place: hono in http/ and routes.ts, what touches the world in runtime/ and the mains",
  check: (sources) =>
    sources.flatMap((source) =>
      importsOf(source).filter((found) => found.target === undefined && !isAllowed(source.path, found))
        .map((found) => at(source, found.node, `imports ${found.specifier}, which has no place here`))
    ),
  bad: [
    { "devices/service.ts": 'import { Hono } from "hono";' },
    { "devices/service.ts": 'import type { Context } from "hono";' },
    { "http/app.ts": 'import { serveStatic } from "hono/deno";' },
    { "devices/store.ts": 'import Database from "libsql";' },
    { "sql/connection.ts": 'import type { Client } from "@libsql/client";' },
    { "auth/keys.ts": 'import { readFileSync } from "node:fs";' },
    { "auth/keys.ts": 'import { createServer } from "node:net";' },
    { "auth/keys.ts": 'import net from "node:net";' },
    { "http/app.ts": 'import { hostname } from "node:os";' },
    { "app.ts": 'const dns = await import("node:dns");' },
    { "audit/entry.ts": 'import { Buffer } from "node:buffer";' },
    { "activity/x.ts": 'import { x } from "left-pad";' },
    { "activity/x.ts": 'import { render } from "preact";' },
    { "ui/x.tsx": 'import { z } from "zod";' },
    { "activity/x.ts": 'import { x } from "npm:zod";' },
  ],
  good: [
    { "http/app.ts": 'import { Hono } from "hono"; import { html } from "hono/html";' },
    { "devices/routes.ts": 'import { Hono } from "hono";' },
    { "runtime/libsql_file.ts": 'import Database from "libsql"; import { openSync } from "node:fs";' },
    { "main_node.ts": 'import { serve } from "@hono/node-server"; import { WebSocketServer } from "ws";' },
    { "audit/actions.ts": 'import { z } from "zod";' },
    { "ui/x.tsx": 'import { render } from "preact"; import { useState } from "preact/hooks";' },
    { "auth/address.ts": 'import { isIPv4, isIPv6 } from "node:net"; import { Buffer } from "node:buffer";' },
  ],
};

function isAllowed(path: string, { specifier, names }: Import): boolean {
  const layer = layerOf(path);
  if (layer === "audit") return specifier === "zod";
  if (isEdge(layer)) return true;
  if (layer === "ui") return DRAWING.includes(specifier);
  if (specifier === "hono" || specifier.startsWith("hono/")) {
    return !RUNTIME_HONO.includes(specifier) && (layer === "http" || fileOf(path) === "routes.ts");
  }
  if (specifier === "node:net") return names.length > 0 && names.every((name) => /^isIP(v[46])?$/.test(name));
  return PURE.includes(specifier);
}

const isEdge = (layer: Layer | undefined): boolean => layer === "runtime" || layer === "main";
