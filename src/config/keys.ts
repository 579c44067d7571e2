/** Every setting, by the name that it has in the configuration file; its flag is the same with hyphens. */
export type KeyName =
  | "config"
  | "host"
  | "port"
  | "data_dir"
  | "database"
  | "database_auth_token"
  | "api_keys"
  | "site"
  | "allowed_hosts"
  | "allowed_origins"
  | "trusted_proxies"
  | "tls_cert"
  | "tls_key"
  | "mdns_interface"
  | "discovery"
  | "announce"
  | "device_check_seconds"
  | "replica_url"
  | "replica_token"
  | "update_url"
  | "update_key"
  | "supervised"
  | "log_level"
  | "log_format";

export interface Key {
  readonly env: string;
  /** False for secrets: every user of a machine can read the flags of every process. */
  readonly flag: boolean;
  /** True when a message must not repeat the value: secrets, and addresses that may carry one. */
  readonly hidden: boolean;
  readonly list: boolean;
  readonly fallback: string;
  /** The placeholder and the sentence of `--help`. */
  readonly value: string;
  readonly help: string;
}

const ORDINARY = { flag: true, hidden: false, list: false, fallback: "" } as const;
const SECRET = { flag: false, hidden: true, list: false, fallback: "" } as const;

export const KEYS: Readonly<Record<KeyName, Key>> = {
  config: {
    ...ORDINARY,
    env: "LUMENLOG_CONFIG",
    value: "FILE",
    help: "JSON file with any of these settings (names with _); mode 0600 if it holds secrets",
  },
  host: {
    ...ORDINARY,
    env: "LUMENLOG_HOST",
    fallback: "127.0.0.1",
    value: "ADDRESS",
    help: "address or name to listen on; 0.0.0.0 for every network",
  },
  port: {
    ...ORDINARY,
    env: "LUMENLOG_PORT",
    fallback: "8420",
    value: "NUMBER",
    help: "port to listen on; 0 picks a free one",
  },
  data_dir: {
    ...ORDINARY,
    env: "LUMENLOG_DATA_DIR",
    fallback: "./data",
    value: "DIR",
    help: "directory of the database and its lock",
  },
  database: {
    ...ORDINARY,
    env: "LUMENLOG_DATABASE_URL",
    hidden: true,
    value: "URL",
    help: "libSQL server (libsql://, https:// or http://) instead of a file in the data directory",
  },
  database_auth_token: {
    ...SECRET,
    env: "LUMENLOG_DATABASE_AUTH_TOKEN",
    value: "TOKEN",
    help: "token for that server",
  },
  api_keys: {
    ...SECRET,
    env: "LUMENLOG_API_KEYS",
    value: "label:role:token,...",
    help: "API keys that exist as long as this is set",
  },
  site: {
    ...ORDINARY,
    env: "LUMENLOG_SITE",
    fallback: "default",
    value: "NAME",
    help: "name of this installation",
  },
  allowed_hosts: {
    ...ORDINARY,
    env: "LUMENLOG_ALLOWED_HOSTS",
    list: true,
    value: "HOST,...",
    help: "further host names, with or without a port, that this server answers to",
  },
  allowed_origins: {
    ...ORDINARY,
    env: "LUMENLOG_ALLOWED_ORIGINS",
    list: true,
    value: "ORIGIN,...",
    help: "origins of other pages that may call this server, e.g. https://lights.example.org",
  },
  trusted_proxies: {
    ...ORDINARY,
    env: "LUMENLOG_TRUSTED_PROXIES",
    list: true,
    value: "NETWORK,...",
    help: "addresses or blocks, e.g. 10.0.0.0/8, of proxies whose forwarded address counts",
  },
  tls_cert: { ...ORDINARY, env: "LUMENLOG_TLS_CERT", value: "FILE", help: "certificate (PEM), for HTTPS" },
  tls_key: { ...ORDINARY, env: "LUMENLOG_TLS_KEY", value: "FILE", help: "its private key (PEM)" },
  mdns_interface: {
    ...ORDINARY,
    env: "LUMENLOG_MDNS_INTERFACE",
    value: "ADDRESS",
    help: "address of the one interface for discovery and announcement; otherwise every one",
  },
  discovery: {
    ...ORDINARY,
    env: "LUMENLOG_DISCOVERY",
    fallback: "on",
    value: "on|off",
    help: "whether devices are searched for on the network (mDNS)",
  },
  announce: {
    ...ORDINARY,
    env: "LUMENLOG_ANNOUNCE",
    fallback: "on",
    value: "on|off",
    help: "whether this server tells of itself there, if it listens where others reach it",
  },
  device_check_seconds: {
    ...ORDINARY,
    env: "LUMENLOG_DEVICE_CHECK_SECONDS",
    fallback: "30",
    value: "NUMBER",
    help: "how often each device is asked how it is, 1 to 3600 seconds",
  },
  replica_url: {
    ...ORDINARY,
    env: "LUMENLOG_REPLICA_URL",
    hidden: true,
    value: "URL",
    help: "libSQL server that receives a copy of the activity log",
  },
  replica_token: { ...SECRET, env: "LUMENLOG_REPLICA_TOKEN", value: "TOKEN", help: "token for that server" },
  supervised: {
    ...ORDINARY,
    env: "LUMENLOG_SUPERVISED",
    fallback: "auto",
    value: "auto|yes|no",
    help: "whether something else starts the server again when it ends with exit code 75",
  },
  update_url: {
    ...ORDINARY,
    env: "LUMENLOG_UPDATE_URL",
    hidden: true,
    value: "URL",
    help: "where new versions of the one-file program are listed (https://); without it none are looked for",
  },
  update_key: {
    ...ORDINARY,
    env: "LUMENLOG_UPDATE_KEY",
    value: "KEY",
    help: "public key (Ed25519, base64 or PEM) that new versions must be signed with",
  },
  log_level: {
    ...ORDINARY,
    env: "LUMENLOG_LOG_LEVEL",
    fallback: "info",
    value: "debug|info|warning|error",
    help: "least level of what the process log tells",
  },
  log_format: {
    ...ORDINARY,
    env: "LUMENLOG_LOG_FORMAT",
    fallback: "pretty",
    value: "json|pretty",
    help: "whether the process log, on standard error, is for programs or for people",
  },
};

// Object.keys forgets the type of a closed Record; this restores it.
export const KEY_NAMES = Object.keys(KEYS) as readonly KeyName[];

export const flagOf = (name: KeyName): string => name.replaceAll("_", "-");
