import { CATEGORIES, EXPORT_FORMATS, SEVERITIES } from "../audit/mod.ts";
import { CONFIG_FLAGS } from "../config/flag_settings.ts";
import type { KnownFlags } from "../config/flags.ts";
import { flagOf, KEY_NAMES, KEYS } from "../config/keys.ts";
import type { Role } from "../http/route.ts";
import { EXPORT_FILTERS, EXPORT_FLAGS } from "./export_arguments.ts";

const SERVER: KnownFlags = { url: "text", token: "text" };

/** The flags of each command beside the general ones and the settings. */
export const COMMAND_FLAGS = {
  "serve": {},
  "export": { ...SERVER, ...EXPORT_FLAGS },
  "keys add": { ...SERVER, role: "text", expires: "text" },
  "keys list": SERVER,
  "keys revoke": SERVER,
  "backup create": SERVER,
  "backup list": SERVER,
  "backup download": { ...SERVER, output: "text" },
  "backup restore": { ...SERVER, keys: "switch" },
} satisfies Readonly<Record<string, KnownFlags>>;

export type FlaggedCommand = keyof typeof COMMAND_FLAGS;

export const GENERAL_FLAGS: KnownFlags = { help: "switch", version: "switch" };

/** Those of the demo, which reads them itself. */
export const DEMO_FLAGS: KnownFlags = {
  help: "switch",
  port: "text",
  "lights-port": "text",
  "check-seconds": "text",
  "data-dir": "text",
  fresh: "switch",
};

/** Every flag that the command takes. */
export const flagsOf = (command: FlaggedCommand): KnownFlags => ({
  ...GENERAL_FLAGS,
  ...CONFIG_FLAGS,
  ...COMMAND_FLAGS[command],
});

export const COMMAND_HELP: Readonly<Record<FlaggedCommand | "demo" | "completion", string>> = {
  "serve": "run the server",
  "keys add": "make an API key",
  "keys list": "list the API keys",
  "keys revoke": "end an API key",
  "export": "write the activity log to a file",
  "backup create": "make a backup of the database",
  "backup list": "list the backups",
  "backup download": "fetch a backup",
  "backup restore": "bring back what was set up when a backup was made",
  "demo": "run the server with make-believe lights, to try it",
  "completion": "print the completion of a shell",
};

/** Commands of two words, by the first, and what they are for. */
export const COMMAND_GROUPS = {
  keys: "manage API keys",
  backup: "make, list, fetch and restore backups",
} as const;

export type CommandGroup = keyof typeof COMMAND_GROUPS;
export const isGroup = (word: string): word is CommandGroup => Object.hasOwn(COMMAND_GROUPS, word);

/** The second words of a group, in the order of their help. */
export const wordsOf = (group: CommandGroup): readonly string[] =>
  Object.keys(COMMAND_FLAGS).flatMap((name) => name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []);

const ROLES: Readonly<Record<Role, true>> = { viewer: true, operator: true, admin: true };
export const isRole = (text: string): text is Role => Object.hasOwn(ROLES, text);

export interface FlagHelp {
  /** The placeholder of its value; empty for a switch. */
  readonly value: string;
  /** A sentence without its end; may be empty. */
  readonly help: string;
  /** Words that it takes; empty where these are not all. */
  readonly words: readonly string[];
}

const choice = (words: readonly string[], help: string): FlagHelp => ({ value: words.join("|"), help, words });
const free = (value: string, help: string): FlagHelp => ({ value, help, words: [] });

/** What each flag is for. */
export const FLAG_HELP: Readonly<Record<string, FlagHelp>> = {
  help: free("", "tell about the program, or a command"),
  version: free("", "tell the version"),
  "lights-port": free("NUMBER", "where the first make-believe light is; 0 picks free ones"),
  "check-seconds": free("NUMBER", "how often each make-believe light is looked at"),
  fresh: free("", "forget the last demo and begin anew"),
  url: free("URL", "the running server, if server.json in the data directory does not tell"),
  token: free("TOKEN", "an API key for it; otherwise LUMENLOG_TOKEN"),
  role: choice(Object.keys(ROLES), "what the key may do; the first key is an admin"),
  expires: free("DATE", "when it ends, e.g. 2031-12-31T00:00:00Z; otherwise never"),
  format: choice(EXPORT_FORMATS, "json is one array, ndjson (the default) one entry a line"),
  guard: choice(["on", "off"], "off: CSV cells stay as they are that a spreadsheet would take for formulas"),
  keys: free("", "the API keys of the backup take the place of those of now, which otherwise stay"),
  output: free("FILE", "write to this file instead of standard output; it appears once it is whole"),
  ...Object.fromEntries(EXPORT_FILTERS.map(({ flag, help }) => [flag, free("TEXT", help)])),
  categories: choice(CATEGORIES, "Any of these; repeat or separate by commas"),
  severities: choice(SEVERITIES, "Any of these; repeat or separate by commas"),
  ...Object.fromEntries(KEY_NAMES.filter((name) => KEYS[name].flag).map((name) => [flagOf(name), ofSetting(name)])),
};

/** A setting whose placeholder lists words takes these. */
function ofSetting(name: (typeof KEY_NAMES)[number]): FlagHelp {
  const { value, help } = KEYS[name];
  return /^[a-z]+(?:\|[a-z]+)+$/.test(value) ? choice(value.split("|"), help) : free(value, help);
}
