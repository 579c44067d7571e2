import { assembleConfig } from "./config/assemble.ts";
import { readConfigFile } from "./config/file.ts";
import { settingsOfFlags } from "./config/flag_settings.ts";
import type { KeyName } from "./config/keys.ts";
import type { Config } from "./config/types.ts";
import { type ConfigProblem, pickSettings, settingsOfEnvironment } from "./config/settings.ts";

export type { ConfigProblem } from "./config/settings.ts";
export type { Config, DatabaseConfig, Supervised } from "./config/types.ts";

export interface ConfigInput {
  /** Flags only: no subcommand, no positionals. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of a file; throws when it cannot be read. */
  readonly readFile: (path: string) => string;
  /** Replaces built-in defaults, in the text form of the flags. */
  readonly defaults?: Readonly<Partial<Record<KeyName, string>>>;
}

export type ConfigOutcome =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

/**
 * The one reader of flags, environment and file: a flag beats the environment, which beats the file, which beats the
 * default. An empty text counts as not set. Every problem names its key and where it was set; none repeats a secret.
 */
export function readConfig({ args, env, readFile, defaults = {} }: ConfigInput): ConfigOutcome {
  const flags = settingsOfFlags(args);
  const environment = settingsOfEnvironment(env);
  const path = flags.settings.config ?? environment.config;
  const file = path === undefined ? { settings: {}, problems: [] } : readConfigFile(path, readFile);
  const settings = pickSettings([flags.settings, environment, file.settings], defaults);
  const assembled = assembleConfig(settings);
  const problems = [...flags.problems, ...file.problems, ...assembled.problems];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config: assembled.config };
}
