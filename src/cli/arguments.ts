import { CONFIG_FLAGS } from "../config/flag_settings.ts";
import { type ReadFlags, readFlags } from "../config/flags.ts";
import { hint } from "../config/nearest.ts";
import { backupCommand } from "./backup_arguments.ts";
import { COMMAND_FLAGS, type FlaggedCommand, flagsOf, isGroup, isRole, wordsOf } from "./command_flags.ts";
import type { BackupCommand, Command, HelpTopic } from "./commands.ts";
import { isShell, SHELLS } from "./completion.ts";
import { exportCommand } from "./export_arguments.ts";

export type { BackupCommand, Command, ExportCommand, HelpTopic, KeysCommand, ServerAccess } from "./commands.ts";

export type ParsedArguments =
  | {
    readonly ok: true;
    readonly command: Command;
    /** The flags that are settings, for `readConfig`. */
    readonly configArgs: readonly string[];
  }
  | { readonly ok: false; readonly problems: readonly string[] };

const isName = (text: string): text is FlaggedCommand => Object.hasOwn(COMMAND_FLAGS, text);

/** Those with a help of their own. */
const TOPICS: readonly HelpTopic[] = ["keys", "export", "backup", "completion"];

/** What the shortest lines stand for. */
const ALONE: ReadonlyMap<string, string> = new Map([["", "serve"], ["backup", "backup create"]]);

/** Reads the command line, without the program's own name. Without a command it serves. No problem repeats a secret. */
export function parseArguments(args: readonly string[]): ParsedArguments {
  const words = commandWords(args);
  const asked = askedFor(args, topicOf(words[0] === "help" ? args[1] : words[0]));
  if (asked !== undefined) return { ok: true, command: asked, configArgs: [] };
  if (words[0] === "demo") return refused(NO_DEMO);
  if (words[0] === "completion") return completionCommand(args.slice(1));
  const name = ALONE.get(words.join(" ")) ?? words.join(" ");
  if (!isName(name)) return refused(unknownCommand(words));
  const read = readFlags(args.slice(words.length), flagsOf(name));
  if (read.problems.length > 0) return { ok: false, problems: read.problems.map(({ message }) => message) };
  const command = commandOf(name, read);
  return typeof command === "string" ? refused(command) : { ok: true, command, configArgs: configArgs(read) };
}

/** The one file takes this word before it comes here. */
const NO_DEMO = 'Cannot run demo here: it is in the one-file program, or run "deno task demo" where the source is';

const refused = (problem: string): ParsedArguments => ({ ok: false, problems: [problem] });

function completionCommand([shell = "", ...rest]: readonly string[]): ParsedArguments {
  if (isShell(shell) && rest.length === 0) {
    return { ok: true, command: { name: "completion", shell }, configArgs: [] };
  }
  return refused(`Cannot run completion: it takes one shell, which is one of ${SHELLS.join(", ")}`);
}

/** The words before the first flag: `keys` and `backup` take a second one for their command. */
function commandWords(args: readonly string[]): readonly string[] {
  const end = args.findIndex((arg) => arg.startsWith("-"));
  const words = end === -1 ? args : args.slice(0, end);
  return words.slice(0, isGroup(words[0] ?? "") ? 2 : 1);
}

const topicOf = (word: string | undefined): HelpTopic => TOPICS.find((topic) => topic === word) ?? "lumenlog";

/** Help and version come first: also on a line with mistakes. */
function askedFor(args: readonly string[], topic: HelpTopic): Command | undefined {
  if (args[0] === "help" || args.includes("--help") || args.includes("-h")) return { name: "help", topic };
  return args.includes("--version") || args.includes("-v") ? { name: "version" } : undefined;
}

function unknownCommand([first = "", second]: readonly string[]): string {
  if (!isGroup(first)) {
    const known = ["serve", "keys", "export", "backup", "demo", "completion", "help"];
    return `Cannot run "${first}": no such command${hint(first, known)}`;
  }
  if (second === undefined) return "Cannot run keys alone: add, list or revoke?";
  return `Cannot run "${first} ${second}": no such command${hint(second, wordsOf(first), `${first} `)}`;
}

const isBackup = (name: FlaggedCommand): name is BackupCommand["name"] => name.startsWith("backup ");

/** The command, or why there is none. */
function commandOf(name: FlaggedCommand, { values, positionals }: ReadFlags): Command | string {
  const text = (flag: string) => values.get(flag)?.[0] || null;
  const server = { url: text("url"), token: text("token") };
  const [label, ...rest] = positionals;
  if (name === "export") return exportCommand(values, positionals, server);
  if (isBackup(name)) return backupCommand(name, positionals, { text, has: (flag) => values.has(flag), server });
  if (name === "serve" || name === "keys list") {
    if (label !== undefined) return `Cannot use "${label}": ${name} takes flags only`;
    return name === "serve" ? { name } : { name, server };
  }
  if (label === undefined) return `Cannot run ${name}: the label of the key is missing`;
  if (rest.length > 0) return `Cannot run ${name}: it takes one label`;
  if (name === "keys revoke") return { name, label, server };
  const role = text("role");
  if (role !== null && !isRole(role)) return "Cannot use --role: must be viewer, operator or admin";
  return { name, label, role, expiresAt: text("expires"), server };
}

function configArgs({ values }: ReadFlags): readonly string[] {
  const settings = [...values].filter(([flag]) => Object.hasOwn(CONFIG_FLAGS, flag));
  return settings.flatMap(([flag, texts]) => texts.map((text) => `--${flag}=${text}`));
}
