import { parseArgs } from "node:util";
import { TARGETS } from "./targets.ts";

export interface CompileArguments {
  /** Names of the machines; empty for this one. */
  readonly targets: readonly string[];
  /** Where the files go. */
  readonly output: string;
  /** The program that compiles; what it brings is the runtime of the result. */
  readonly deno: string;
}

/** `--all`, `--target NAME` (may be repeated), `--output DIR`, `--deno PROGRAM`. */
export function readArguments(args: readonly string[], defaults: { output: string; deno: string }): CompileArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      all: { type: "boolean" },
      target: { type: "string", multiple: true },
      output: { type: "string" },
      deno: { type: "string" },
    },
  });
  return {
    targets: values.all ? Object.keys(TARGETS) : values.target ?? [],
    output: values.output ?? defaults.output,
    deno: values.deno ?? defaults.deno,
  };
}
