import { flagOf, KEY_NAMES, type KeyName, KEYS } from "../config/keys.ts";

type Section = "Where it listens" | "Where its data is" | "Who may come in" | "Devices" | "The process itself";

/** Under which title each setting stands. */
const SECTIONS: Readonly<Record<KeyName, Section>> = {
  host: "Where it listens",
  port: "Where it listens",
  tls_cert: "Where it listens",
  tls_key: "Where it listens",
  data_dir: "Where its data is",
  database: "Where its data is",
  database_auth_token: "Where its data is",
  replica_url: "Where its data is",
  replica_token: "Where its data is",
  api_keys: "Who may come in",
  allowed_hosts: "Who may come in",
  allowed_origins: "Who may come in",
  trusted_proxies: "Who may come in",
  discovery: "Devices",
  announce: "Devices",
  mdns_interface: "Devices",
  device_check_seconds: "Devices",
  config: "The process itself",
  site: "The process itself",
  supervised: "The process itself",
  update_url: "The process itself",
  update_key: "The process itself",
  log_level: "The process itself",
  log_format: "The process itself",
};

/** Every setting with its flag, its name in the environment and its default, in the order of the titles above. */
export function settingsHelp(): string {
  const titles = new Set(Object.values(SECTIONS));
  return [...titles].map((title) => {
    const names = KEY_NAMES.filter((name) => SECTIONS[name] === title);
    return `\n${title}:\n${names.map(setting).join("\n")}`;
  }).join("\n");
}

function setting(name: KeyName): string {
  const { env, flag, value, help, fallback } = KEYS[name];
  const names = flag ? `--${flagOf(name)} ${value}, ${env}` : `${env}=${value}`;
  return `  ${names}\n      ${help}${fallback === "" ? "" : ` (default ${fallback})`}`;
}
