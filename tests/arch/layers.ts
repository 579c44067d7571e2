/** The parts of `src/`; the arrows between them are in rules/layer_order.ts. */
export type Layer =
  | "main"
  | "app"
  | "cli"
  | "config"
  | "entity_types"
  | "activity"
  | "feature"
  | "entities"
  | "http"
  | "sql"
  | "base"
  | "audit"
  | "runtime"
  | "ui";

const FOLDERS: Readonly<Record<string, Layer>> = {
  app: "app",
  cli: "cli",
  config: "config",
  activity: "activity",
  entities: "entities",
  http: "http",
  sql: "sql",
  base: "base",
  audit: "audit",
  runtime: "runtime",
  ui: "ui",
};

const FILES: Readonly<Record<string, Layer>> = {
  "app.ts": "app",
  "config.ts": "config",
  "entity_types.ts": "entity_types",
  "version.ts": "base",
};

/** Undefined for what has no place in the layout: above `src/`, or a stray file at its top. A folder that is not known is a feature. */
export function layerOf(path: string): Layer | undefined {
  const [first = "", ...rest] = path.split("/");
  if (first === "..") return undefined;
  if (rest.length > 0) return Object.hasOwn(FOLDERS, first) ? FOLDERS[first] : "feature";
  if (/^main_\w+\.ts$/.test(first)) return "main";
  return Object.hasOwn(FILES, first) ? FILES[first] : undefined;
}

export const folderOf = (path: string): string => path.split("/")[0] ?? "";
export const fileOf = (path: string): string => path.split("/").at(-1) ?? "";
