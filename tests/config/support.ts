import { assert } from "@std/assert";
import { type Config, type ConfigInput, readConfig } from "../../src/config.ts";

export type Given = Partial<Omit<ConfigInput, "readFile">> & {
  /** The files that there are, by path. */
  readonly files?: Readonly<Record<string, unknown>>;
};

function read({ args = [], env = {}, files = {}, ...rest }: Given) {
  const readFile = (path: string) => {
    const content = files[path];
    if (content === undefined) throw new Error("no such file");
    return typeof content === "string" ? content : JSON.stringify(content);
  };
  return readConfig({ args, env, readFile, ...rest });
}

export function configOf(given: Given): Config {
  const outcome = read(given);
  assert(outcome.ok, outcome.ok ? "" : outcome.problems.map(({ message }) => message).join("\n"));
  return outcome.config;
}

export function problemsOf(given: Given): readonly string[] {
  const outcome = read(given);
  assert(!outcome.ok, "expected a problem");
  return outcome.problems.map(({ message }) => message);
}
