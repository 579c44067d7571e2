import type { ExportQuery } from "../activity/export_schemas.ts";
import type { Role } from "../http/route.ts";

/** How a command reaches a running server; null where not given. */
export interface ServerAccess {
  readonly url: string | null;
  /** Secret. */
  readonly token: string | null;
}

export type KeysCommand =
  | {
    readonly name: "keys add";
    readonly label: string;
    /** Null when not given: the key rules choose. */
    readonly role: Role | null;
    /** As given: ISO 8601; null for never. */
    readonly expiresAt: string | null;
    readonly server: ServerAccess;
  }
  | { readonly name: "keys list"; readonly server: ServerAccess }
  | { readonly name: "keys revoke"; readonly label: string; readonly server: ServerAccess };

export interface ExportCommand {
  readonly name: "export";
  /** Format, guard and filter. */
  readonly query: ExportQuery;
  /** The same as they were given, for a server's address. */
  readonly given: readonly (readonly [name: string, text: string])[];
  /** Path of the file; null for standard output. */
  readonly output: string | null;
  readonly server: ServerAccess;
}

export type BackupCommand =
  | { readonly name: "backup create"; readonly server: ServerAccess }
  | { readonly name: "backup list"; readonly server: ServerAccess }
  | {
    readonly name: "backup download";
    readonly filename: string;
    /** Path of the file; null for standard output. */
    readonly output: string | null;
    readonly server: ServerAccess;
  }
  | {
    readonly name: "backup restore";
    readonly filename: string;
    /** Whether the API keys of the backup take the place of those of now. */
    readonly keys: boolean;
    readonly server: ServerAccess;
  };

export type HelpTopic = "lumenlog" | "keys" | "export" | "backup" | "completion";

export type Shell = "bash" | "zsh" | "fish";

/** What the program was asked to do. */
export type Command =
  | { readonly name: "serve" }
  | KeysCommand
  | ExportCommand
  | BackupCommand
  | { readonly name: "completion"; readonly shell: Shell }
  | { readonly name: "help"; readonly topic: HelpTopic }
  | { readonly name: "version" };
