import { EXPORT_QUERY } from "../activity/export_schemas.ts";
import { FILTER } from "../activity/schemas.ts";
import type { KnownFlags } from "../config/flags.ts";
import type { ExportCommand, ServerAccess } from "./commands.ts";

const flagOf = (name: string) => name.replaceAll("_", "-");
const nameOf = (flag: string) => flag.replaceAll("-", "_");

/** Those that name several values: `--actions a --actions b` or `--actions a,b`. */
const REPEATED = ["categories", "severities", "actions"];

/** Every filter of the log, as a flag. */
export const EXPORT_FILTERS: readonly { readonly flag: string; readonly help: string }[] = Object.entries(FILTER.shape)
  .map(([name, field]) => ({ flag: flagOf(name), help: (field.description ?? "").replaceAll("`", "") }));

export const EXPORT_FLAGS: KnownFlags = {
  format: "text",
  guard: "text",
  output: "text",
  ...Object.fromEntries(EXPORT_FILTERS.map(({ flag }) => [flag, REPEATED.includes(flag) ? "list" : "text"])),
};

/** The command, or why there is none: a sentence that names the flag. */
export function exportCommand(
  values: ReadonlyMap<string, readonly string[]>,
  positionals: readonly string[],
  server: ServerAccess,
): ExportCommand | string {
  if (positionals.length > 0) return `Cannot use "${positionals[0]}": export takes flags only`;
  const flags = ["format", "guard", ...EXPORT_FILTERS.map(({ flag }) => flag)];
  const given = flags.flatMap((flag) => (values.get(flag) ?? []).map((text) => [nameOf(flag), text] as const));
  const asked = given.some(([name]) => name === "format") ? given : [["format", "ndjson"] as const, ...given];
  const read = EXPORT_QUERY.safeParse(queryOf(asked));
  if (!read.success) {
    const [issue] = read.error.issues;
    return `Cannot use --${flagOf(String(issue?.path[0]))}: ${issue?.message}`;
  }
  const output = values.get("output")?.[0] ?? null;
  if (output === "") return "Cannot use --output: it needs the path of a file";
  return { name: "export", query: read.data, given: asked, output, server };
}

/** Values by name, as a query has them: one that repeats is a list. */
function queryOf(given: ExportCommand["given"]): Readonly<Record<string, string | readonly string[]>> {
  const names = new Set(given.map(([name]) => name));
  return Object.fromEntries([...names].map((name) => {
    const texts = given.filter(([other]) => other === name).map(([, text]) => text);
    return [name, texts.length === 1 ? texts[0]! : texts];
  }));
}
