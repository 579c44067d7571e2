import type { LogFormat, LogLevel } from "../base/log.ts";

/** Where entries and entities live: a file in the data directory, or a libSQL server. */
export type DatabaseConfig =
  | { readonly kind: "file" }
  | { readonly kind: "remote"; readonly url: string; readonly authToken: string | null };

export type Supervised = "auto" | "yes" | "no";

/** How this process was asked to run. Texts are trimmed and checked; lists are empty when not set. */
export interface Config {
  /** An address without brackets, or a name. */
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** As given: relative to the working directory, or absolute. */
  readonly dataDir: string;
  readonly database: DatabaseConfig;
  /** Secret: `label:role:token,…` as given, empty when not set; for `parseDeclaredKeys`. */
  readonly apiKeys: string;
  readonly site: string;
  /** These three are for `parseAccessConfig`, which accepts every one of them. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  /** Paths of PEM files. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** The address of the one interface that discovery and announcement use; null for every one. */
  readonly mdnsInterface: string | null;
  readonly discovery: boolean;
  readonly announce: boolean;
  /** 1..3600, between two checks of the same device. */
  readonly deviceCheckSeconds: number;
  readonly replica: { readonly url: string | null; readonly token: string | null };
  /** Whether a service manager or container runtime starts it again on the exit code for that; `auto`: as it looks. */
  readonly supervised: Supervised;
  /** Where new versions are listed, and the public key that they are signed with; a `url` never comes without a `key`. */
  readonly update: { readonly url: string | null; readonly key: string | null };
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}
