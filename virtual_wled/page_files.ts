import { readFile } from "node:fs/promises";
import type { Answer } from "./api.ts";

const FILES: ReadonlyMap<string, { readonly file: string; readonly type: string }> = new Map([
  ["/", { file: "index.html", type: "text/html; charset=utf-8" }],
  ["/app.js", { file: "app.js", type: "text/javascript; charset=utf-8" }],
  ["/app.css", { file: "app.css", type: "text/css; charset=utf-8" }],
]);

/** The controller's own page. Undefined for other paths. */
export async function pageFile(path: string): Promise<Answer | undefined> {
  const known = FILES.get(path);
  if (known === undefined) return undefined;
  const body = await readFile(new URL(`page/${known.file}`, import.meta.url), "utf8");
  return { status: 200, type: known.type, body };
}
