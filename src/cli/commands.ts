import type { Role } from "../http/route.ts";

/** How `lumenlog keys` reaches a running server; null where not given. */
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

export type HelpTopic = "lumenlog" | "keys";

/** What the program was asked to do. */
export type Command =
  | { readonly name: "serve" }
  | KeysCommand
  | { readonly name: "help"; readonly topic: HelpTopic }
  | { readonly name: "version" };
