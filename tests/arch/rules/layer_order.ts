import { type Import, importsOf } from "../imports.ts";
import { folderOf, type Layer, layerOf } from "../layers.ts";
import { at, type Rule } from "../rule.ts";

/** Whom each layer may import. `types` stands behind a layer of which only types may be taken. */
const ARROWS: Readonly<Record<Layer, readonly (Layer | `${Layer} types`)[]>> = {
  main: [
    "app",
    "cli",
    "config",
    "entity_types",
    "activity",
    "feature",
    "entities",
    "http",
    "sql",
    "base",
    "runtime",
    "audit",
  ],
  app: ["app", "config", "entity_types", "activity", "feature", "entities", "http", "sql", "base", "runtime", "audit"],
  cli: [
    "app",
    "cli",
    "config",
    "entity_types",
    "activity",
    "feature",
    "entities",
    "http",
    "sql",
    "base",
    "runtime",
    "audit",
  ],
  // The same parsers judge a setting when it is read and when it is used.
  config: ["config", "feature", "base"],
  entity_types: ["feature", "entities"],
  activity: ["activity", "entity_types", "feature", "entities", "http", "sql", "base", "audit"],
  feature: ["entities", "http", "sql", "base", "audit"],
  entities: ["entities", "http", "sql", "base", "audit"],
  http: ["http", "base", "audit"],
  sql: ["sql", "audit"],
  base: ["base"],
  audit: ["audit"],
  // It fulfils what the others ask for, so it knows their types.
  runtime: ["runtime", "feature types", "entities types", "http types", "audit", "sql", "base"],
  ui: ["ui", "activity types", "feature types", "entities types", "http types", "audit types"],
};

export const layerOrder: Rule = {
  name: "imports point one way: main, app, activity, features, entities, http and sql, base and audit",
  check: (sources) =>
    sources.flatMap((source) => {
      if (layerOf(source.path) === undefined) return [`src/${source.path}:1 has no place in the layout`];
      return importsOf(source).flatMap((found) => {
        const wrong = judge(source.path, found);
        return wrong === undefined ? [] : [at(source, found.node, wrong)];
      });
    }),
  bad: [
    { "audit/store.ts": 'import { x } from "../base/x.ts";' },
    { "base/x.ts": 'import type { Tx } from "../audit/ports.ts";' },
    { "devices/service.ts": 'import { x } from "../targets/service.ts";' },
    { "devices/service.ts": 'import type { X } from "../targets/service.ts";' },
    { "devices/service.ts": 'export { x } from "../targets/service.ts";' },
    { "devices/service.ts": 'const x = await import("../app.ts");' },
    { "devices/service.ts": 'type X = import("../targets/service.ts").X;' },
    { "devices/service.ts": 'import { openFile } from "../runtime/libsql_file.ts";' },
    { "devices/routes.ts": 'import { record } from "../audit/recorder.ts";' },
    { "sql/group_commit.ts": 'import { x } from "../audit/mod.ts";' },
    { "sql/group_commit.ts": 'import type { Entry } from "../audit/entry.ts";' },
    { "entities/service.ts": 'import { types } from "../entity_types.ts";' },
    { "http/app.ts": 'import { x } from "../sql/x.ts";' },
    { "runtime/libsql_file.ts": 'import { x } from "../audit/recorder.ts";' },
    { "ui/list.ts": 'import { x } from "../http/x.ts";' },
    { "app.ts": 'import "./main_deno.ts";' },
    { "app.ts": 'import { x } from "../tests/support/assert.ts";' },
    { "stray.ts": "" },
  ],
  good: [
    {
      "devices/service.ts":
        'import { x } from "../entities/x.ts"; import { y } from "./y.ts"; import { z } from "zod";',
    },
    {
      "devices/service.ts":
        'import { bindActions } from "../audit/mod.ts"; import type { Tx } from "../audit/ports.ts";',
    },
    { "sql/group_commit.ts": 'import { StorageUnavailable, type Tx } from "../audit/ports.ts";' },
    { "runtime/libsql_file.ts": 'import type { Tx } from "../audit/ports.ts"; import { x } from "../sql/x.ts";' },
    { "ui/list.ts": 'import type { Entry } from "../audit/mod.ts";' },
    { "main_deno.ts": 'import { createApp } from "./app.ts"; import "./runtime/libsql_file.ts";' },
  ],
};

function judge(path: string, { specifier, target, typeOnly }: Import): string | undefined {
  if (target === undefined) return undefined;
  const from = layerOf(path);
  const to = layerOf(target);
  if (from === undefined || to === undefined) return `imports ${specifier}, which has no place in the layout`;
  if (from === "feature" && folderOf(path) === folderOf(target)) return undefined;
  const arrows = ARROWS[from];
  if (!arrows.includes(to) && !(typeOnly && arrows.includes(`${to} types`))) {
    return `${nameOf(from, path)} imports ${specifier}${
      arrows.includes(`${to} types`) ? " for more than its types" : ""
    }`;
  }
  if (to === "audit" && from !== "audit") return judgeDoor(from, specifier, target, typeOnly);
  return undefined;
}

/** The engine's door, or its ports with their errors; types from anywhere, but sql/ knows the ports alone. */
function judgeDoor(from: Layer, specifier: string, target: string, typeOnly: boolean): string | undefined {
  if (target === "audit/ports.ts") return undefined;
  if (from === "sql") return `sql imports ${specifier}; it knows audit/ports.ts alone`;
  return typeOnly || target === "audit/mod.ts" ? undefined : `imports ${specifier}; the door is audit/mod.ts`;
}

const nameOf = (layer: Layer, path: string) => layer === "feature" ? `feature ${folderOf(path)}` : layer;
