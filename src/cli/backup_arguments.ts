import type { BackupCommand, ServerAccess } from "./commands.ts";

/** The command, or why there is none. `text` gives a flag's value, null where it was not given. */
export function backupCommand(
  name: BackupCommand["name"],
  [filename, ...rest]: readonly string[],
  { text, has, server }: {
    readonly text: (flag: string) => string | null;
    readonly has: (flag: string) => boolean;
    readonly server: ServerAccess;
  },
): BackupCommand | string {
  if (name === "backup create" || name === "backup list") {
    return filename === undefined ? { name, server } : `Cannot use "${filename}": ${name} takes flags only`;
  }
  if (filename === undefined) return `Cannot run ${name}: the name of the backup is missing`;
  if (rest.length > 0) return `Cannot run ${name}: it takes one name`;
  return name === "backup download"
    ? { name, filename, output: text("output"), server }
    : { name, filename, keys: has("keys"), server };
}
