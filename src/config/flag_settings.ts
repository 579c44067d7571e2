import { type KnownFlags, readFlags } from "./flags.ts";
import { flagOf, KEY_NAMES, KEYS } from "./keys.ts";
import { collect, type ConfigProblem, settingOf, type Settings } from "./settings.ts";

/** The flags of the settings. */
export const CONFIG_FLAGS: KnownFlags = Object.fromEntries(
  KEY_NAMES.filter((name) => KEYS[name].flag).map((name) => [flagOf(name), KEYS[name].list ? "list" : "text"]),
);

export interface FoundSettings {
  readonly settings: Settings;
  readonly problems: readonly ConfigProblem[];
}

/** What the command line sets. A word behind a refused flag may be the secret that it was to carry: it is not named. */
export function settingsOfFlags(args: readonly string[]): FoundSettings {
  const { values, positionals, problems } = readFlags(args, CONFIG_FLAGS);
  const settings = collect((name) => settingOf(values.get(flagOf(name))?.join(",") ?? "", `--${flagOf(name)}`));
  if (problems.length > 0) return { settings, problems: problems.map(secretHint) };
  const unexpected = positionals.map((word) => ({ key: word, message: `Cannot use "${word}": it is no flag` }));
  return { settings, problems: unexpected };
}

/** Whoever tries a secret as a flag learns where it belongs instead. */
function secretHint(problem: ConfigProblem): ConfigProblem {
  const name = KEY_NAMES.find((key) => !KEYS[key].flag && flagOf(key) === problem.key);
  if (name === undefined) return problem;
  const { env } = KEYS[name];
  const message = `Cannot use --${problem.key}: flags are no place for secrets; set ${env} or "${name}" in the file`;
  return { key: name, message };
}
