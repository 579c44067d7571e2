import { flagOf, KEY_NAMES, KEYS } from "../config/keys.ts";
import type { HelpTopic } from "./commands.ts";
import { EXPORT_FILTERS } from "./export_arguments.ts";

/** The text of `--help`, which ends in a line break. */
export const helpText = (topic: HelpTopic): string => PAGES[topic]();

const PAGES: Readonly<Record<HelpTopic, () => string>> = {
  lumenlog: () =>
    `Lumenlog manages light devices and keeps a log of who did what.

Usage:
  lumenlog [serve] [flags]       run the server
  lumenlog keys add|list|revoke  manage API keys; "lumenlog keys --help" tells more
  lumenlog export [flags]        write the activity log to a file; "lumenlog export --help" tells more
  lumenlog --help | --version

Settings (a flag beats the environment, which beats the file, which beats the default):
${settings()}

Exit codes: 0 asked to stop, 1 failure, 2 wrong usage or configuration, 75 restart wanted.
`,
  keys: () =>
    `Manages API keys: in the database itself, or through the server that runs on it.

Usage:
  lumenlog keys add LABEL [--role viewer|operator|admin] [--expires DATE]
  lumenlog keys list
  lumenlog keys revoke LABEL

Flags:
  --url URL      the running server, if server.json in the data directory does not tell
  --token TOKEN  an admin's key for it
  --role ROLE    what the key may do; the first key is an admin
  --expires DATE when it ends, e.g. 2031-12-31T00:00:00Z; otherwise never

The settings of the server (--data-dir, --database, --config, …) count here too; "lumenlog --help" lists them.
`,
  export: () =>
    `Writes the activity log, oldest entry first: through the server that runs on it, or from the database itself.

Usage:
  lumenlog export [--format csv|json|ndjson] [--output FILE] [filter] > FILE

Flags:
  --format FORMAT  csv, json (one array) or ndjson (one entry a line; the default)
  --guard off      CSV: leave cells as they are that a spreadsheet would take for formulas
  --output FILE    write to this file instead of standard output; it appears once it is whole
  --url URL        the running server, if server.json in the data directory does not tell
  --token TOKEN    a key for it; otherwise LUMENLOG_TOKEN

Filter (what is left out does not narrow):
${exportFilters()}

What a server sends is checked against its proof: exit code 0 means that every row has arrived, 1 that the file is cut.
The settings of the server (--data-dir, --database, --config, …) count here too; "lumenlog --help" lists them.
`,
};

const exportFilters = () =>
  EXPORT_FILTERS.map(({ flag, help }) => `  --${flag} TEXT${help === "" ? "" : `\n      ${help}`}`).join("\n");

const settings = () => KEY_NAMES.map(setting).join("\n");

function setting(name: (typeof KEY_NAMES)[number]): string {
  const { env, flag, value, help, fallback } = KEYS[name];
  const names = flag ? `--${flagOf(name)} ${value}, ${env}` : `${env}=${value}`;
  return `  ${names}\n      ${help}${fallback === "" ? "" : ` (default ${fallback})`}`;
}
