import { parseArgs } from "node:util";
import { hint } from "./nearest.ts";
import type { ConfigProblem } from "./settings.ts";

/** Flags that may be given, by name without `--`. */
export type KnownFlags = Readonly<Record<string, FlagKind>>;

/** `text` takes one value, `list` may be repeated, `switch` takes none. */
export type FlagKind = "text" | "list" | "switch";

export interface ReadFlags {
  /** The values of each flag in their order; a switch has the value "". */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** Reads a command line. An unknown flag is refused and never takes the argument after it for its value. */
export function readFlags(args: readonly string[], known: KnownFlags): ReadFlags {
  const values = new Map<string, readonly string[]>();
  const positionals: string[] = [];
  const problems: ConfigProblem[] = [];
  for (const token of tokensOf(args, known)) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const problem = flagProblem(token, known, values.has(token.name));
    if (problem !== undefined) problems.push({ key: token.name, message: problem });
    else values.set(token.name, [...values.get(token.name) ?? [], token.value ?? ""]);
  }
  return { values, positionals, problems };
}

function tokensOf(args: readonly string[], known: KnownFlags) {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, kind]) => [name, { type: kind === "switch" ? "boolean" : "string" } as const]),
  );
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function flagProblem({ name, rawName, value, inlineValue }: OptionToken, known: KnownFlags, again: boolean) {
  const kind = Object.hasOwn(known, name) ? known[name] : undefined;
  if (kind === undefined || !rawName.startsWith("--")) {
    return `Cannot use ${rawName}: no such flag${hint(name, Object.keys(known), "--")}`;
  }
  if (kind === "switch") return value === undefined ? undefined : `Cannot use --${name}: it takes no value`;
  const missing = value === undefined || (inlineValue !== true && value.startsWith("--"));
  if (missing) return `Cannot use --${name}: it needs a value`;
  return again && kind === "text" ? `Cannot use --${name}: it is given twice` : undefined;
}
