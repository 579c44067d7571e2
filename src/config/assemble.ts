import type { Config, DatabaseConfig } from "./types.ts";
import { type KeyName, KEYS } from "./keys.ts";
import type { ConfigProblem, Setting, Settings } from "./settings.ts";
import * as values from "./values.ts";

export interface Assembled {
  /** Only to be used when there are no problems. */
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/** Checks every setting, and then what they must be together. */
export function assembleConfig(settings: Settings): Assembled {
  const problems: ConfigProblem[] = [];
  const read = <T, D>(name: KeyName, parse: values.Parse<T>, otherwise: D): T | D => {
    const setting = settings[name];
    if (setting === undefined) return otherwise;
    const parsed = parse(setting.text);
    if (!parsed.ok) problems.push(problemOf(name, setting, parsed.must));
    return parsed.ok ? parsed.value : otherwise;
  };
  const databaseUrl = read("database", values.serverUrl, null);
  const authToken = read("database_auth_token", values.anyText, null);
  const cert = read("tls_cert", values.path, null);
  const key = read("tls_key", values.path, null);
  const config: Config = {
    host: read("host", values.host, ""),
    port: read("port", values.port, 0),
    dataDir: read("data_dir", values.path, ""),
    database: databaseOf(databaseUrl, authToken),
    apiKeys: read("api_keys", values.anyText, ""),
    site: read("site", values.site, ""),
    allowedHosts: read("allowed_hosts", values.hosts, []),
    allowedOrigins: read("allowed_origins", values.origins, []),
    trustedProxies: read("trusted_proxies", values.networks, []),
    tls: cert !== null && key !== null ? { cert, key } : null,
    mdnsInterface: read("mdns_interface", values.address, null),
    discovery: read("discovery", values.onOrOff, true),
    announce: read("announce", values.onOrOff, true),
    deviceCheckSeconds: read("device_check_seconds", values.checkSeconds, 30),
    replica: {
      url: read("replica_url", values.serverUrl, null),
      token: read("replica_token", values.anyText, null),
    },
    supervised: read("supervised", values.supervised, "auto"),
    update: {
      url: read("update_url", values.updateUrl, null),
      key: read("update_key", values.updateKey, null),
    },
    logLevel: read("log_level", values.logLevel, "info"),
    logFormat: read("log_format", values.logFormat, "pretty"),
  };
  return { config, problems: [...problems, ...halfTls(settings), ...unsignedUpdates(config, settings)] };
}

const databaseOf = (url: string | null, authToken: string | null): DatabaseConfig =>
  url === null ? { kind: "file" } : { kind: "remote", url, authToken };

function halfTls({ tls_cert, tls_key }: Settings): readonly ConfigProblem[] {
  if (tls_cert !== undefined && tls_key === undefined) return [missingHalf("tls_key", tls_cert)];
  if (tls_key !== undefined && tls_cert === undefined) return [missingHalf("tls_cert", tls_key)];
  return [];
}

function unsignedUpdates({ update }: Config, { update_url, update_key }: Settings): readonly ConfigProblem[] {
  if (update.url === null || update_url === undefined || update_key !== undefined) return [];
  const message =
    `Cannot use ${update_url.label} alone: ${KEYS.update_key.env} is not set, and who made a new version is told by it`;
  return [{ key: "update_key", message }];
}

const missingHalf = (key: KeyName, given: Setting): ConfigProblem => ({
  key,
  message: `Cannot use ${given.label} alone: ${KEYS[key].env} is not set, and HTTPS needs both`,
});

function problemOf(key: KeyName, { text, label }: Setting, must: string): ConfigProblem {
  const value = KEYS[key].hidden ? "" : ` ${JSON.stringify(text)}`;
  return { key, message: `Cannot use ${label}${value}: must be ${must}` };
}
