import { KEY_NAMES, type KeyName, KEYS } from "./keys.ts";

/** Where a value was set, as a message names it: `--port`, `LUMENLOG_PORT`, `"port" in /etc/lumenlog.json`. */
export interface Setting {
  readonly text: string;
  readonly label: string;
}

export type Settings = Readonly<Partial<Record<KeyName, Setting>>>;

export interface ConfigProblem {
  /** The key's name in the file, or what was given that is no key. */
  readonly key: string;
  /** A whole sentence that names the key and where it was set, and repeats no secret. */
  readonly message: string;
}

/** Null when the text is empty: that counts as not set. */
export function settingOf(text: string, label: string): Setting | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : { text: trimmed, label };
}

/** What the environment sets. */
export function settingsOfEnvironment(env: Readonly<Record<string, string | undefined>>): Settings {
  return collect((name) => settingOf(env[KEYS[name].env] ?? "", KEYS[name].env));
}

/** The first source that sets a key wins; then comes the default. */
export function pickSettings(sources: readonly Settings[], defaults: Readonly<Partial<Record<KeyName, string>>>) {
  return collect((name) =>
    sources.find((source) => source[name] !== undefined)?.[name] ??
      settingOf(defaults[name] ?? KEYS[name].fallback, `the default of ${KEYS[name].env}`)
  );
}

/** Asks for every key. */
export function collect(find: (name: KeyName) => Setting | null): Settings {
  const found: Partial<Record<KeyName, Setting>> = {};
  for (const name of KEY_NAMES) {
    const setting = find(name);
    if (setting !== null) found[name] = setting;
  }
  return found;
}
