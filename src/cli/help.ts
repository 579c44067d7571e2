import { KEYS } from "../config/keys.ts";
import { FLAG_HELP } from "./command_flags.ts";
import type { HelpTopic } from "./commands.ts";
import { EXPORT_FILTERS } from "./export_arguments.ts";
import { settingsHelp } from "./settings_help.ts";

/** The text of `--help`, which ends in a line break. */
export const helpText = (topic: HelpTopic): string => PAGES[topic]();

const SETTINGS_COUNT =
  'The settings of the server (--data-dir, --database, --config, …) count here too; "lumenlog --help" lists them.';

const PAGES: Readonly<Record<HelpTopic, () => string>> = {
  lumenlog: () =>
    `Lumenlog manages light devices and keeps a log of who did what.

Usage:
  lumenlog [serve] [flags]          run the server
  lumenlog keys add|list|revoke     manage API keys
  lumenlog export [flags]           write the activity log to a file
  lumenlog backup [create|list|download|restore]
                                    keep the database safe
  lumenlog demo [flags]             try it with make-believe lights; --help tells its flags
  lumenlog completion bash|zsh|fish print what makes a shell complete all this
  lumenlog COMMAND --help           tell more about keys, export, backup or completion
  lumenlog --version

Examples:
  lumenlog                                        this machine only, at http://127.0.0.1:${KEYS.port.fallback}
  lumenlog keys add desk                          a key, which every caller on the network needs
  lumenlog --host 0.0.0.0 --data-dir /srv/lumenlog
  LUMENLOG_PORT=9000 lumenlog --discovery off

Settings. A flag beats the environment, which beats the file, which beats the default; what has no flag is a secret.
${settingsHelp()}

Exit codes: 0 asked to stop, 1 failure, 2 wrong usage or configuration, 75 restart wanted.
`,
  keys: () =>
    `Manages API keys: in the database itself, or through the server that runs on it.

Usage:
  lumenlog keys add LABEL [--role viewer|operator|admin] [--expires DATE]
  lumenlog keys list
  lumenlog keys revoke LABEL

Flags:
${flags(["role", "expires", "url", "token"])}

Examples:
  lumenlog keys add desk                          the first key is an admin's; its token is shown this once
  lumenlog keys add phone --role operator --expires 2031-12-31
  lumenlog keys revoke phone                      at once, also for what is connected

${SETTINGS_COUNT}
`,
  export: () =>
    `Writes the activity log, oldest entry first: through the server that runs on it, or from the database itself.

Usage:
  lumenlog export [--format csv|json|ndjson] [--output FILE] [filter] > FILE

Flags:
${flags(["format", "guard", "output", "url", "token"])}

Filter (what is left out does not narrow):
${flags(EXPORT_FILTERS.map(({ flag }) => flag))}

Examples:
  lumenlog export --format csv --since 2026-11-01 --output november.csv
  lumenlog export --categories auth --severities warning,error

What a server sends is checked against its proof: exit code 0 means that every row has arrived, 1 that the file is cut.
${SETTINGS_COUNT}
`,
  backup: () =>
    `Makes backups of the whole database and brings back what was set up: through the server that runs on it. Without one it
makes, lists and fetches them itself.

Usage:
  lumenlog backup [create]
  lumenlog backup list
  lumenlog backup download NAME [--output FILE]
  lumenlog backup restore NAME [--keys]

Flags:
${flags(["output", "keys", "url", "token"])}

Examples:
  lumenlog backup                                 its name is printed once it is verified
  lumenlog backup download lumenlog-20261122-171815-042-manual.db.gz --output /mnt/usb/lumenlog.db.gz

A restore brings back what was set up, never an older log: entries that are newer than the backup stay. What was there
before is kept as a backup too. ${SETTINGS_COUNT}
`,
  completion: () =>
    `Prints a script that makes a shell complete commands, flags and their values.

Usage:
  lumenlog completion bash > /etc/bash_completion.d/lumenlog
  lumenlog completion zsh > /usr/local/share/zsh/site-functions/_lumenlog
  lumenlog completion fish > ~/.config/fish/completions/lumenlog.fish

For this shell alone: source <(lumenlog completion bash)
`,
};

const flags = (names: readonly string[]) =>
  names.map((name) => {
    const { value = "", help = "" } = FLAG_HELP[name] ?? {};
    return `  --${name}${value === "" ? "" : ` ${value}`}${help === "" ? "" : `\n      ${help}`}`;
  }).join("\n");
