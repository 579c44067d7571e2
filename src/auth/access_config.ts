import { type HostPort, parseHostPort } from "./host.ts";
import { type Network, parseNetwork } from "./network.ts";
import { type Origin, parseOrigin } from "./origin.ts";

/** Whom this server answers to, and whom it believes. */
export interface AccessConfig {
  readonly allowedHosts: readonly HostPort[];
  readonly allowedOrigins: readonly Origin[];
  readonly trustedProxies: readonly Network[];
  /** Names of this machine. */
  readonly hostNames: readonly string[];
}

export type AccessTexts = Readonly<Record<keyof AccessConfig, readonly string[]>>;

export type ParsedAccessConfig =
  | { readonly ok: true; readonly config: AccessConfig }
  | {
    readonly ok: false;
    readonly problems: readonly { readonly key: keyof AccessConfig; readonly message: string }[];
  };

/** Reads the lists of the configuration; a problem names its key and the value. */
export function parseAccessConfig(texts: AccessTexts): ParsedAccessConfig {
  const problems: { key: keyof AccessConfig; message: string }[] = [];
  const parseAll = <T>(key: keyof AccessConfig, parse: (text: string) => T | undefined, what: string) =>
    texts[key].flatMap((text): readonly T[] => {
      const parsed = parse(text);
      if (parsed === undefined) problems.push({ key, message: `${JSON.stringify(text)} is not ${what}` });
      return parsed === undefined ? [] : [parsed];
    });
  const config: AccessConfig = {
    allowedHosts: parseAll("allowedHosts", parseHostPort, "a host name, with or without a port"),
    allowedOrigins: parseAll("allowedOrigins", parseOrigin, "an origin such as https://lights.example.org"),
    trustedProxies: parseAll("trustedProxies", parseNetwork, "an address or a block such as 10.0.0.0/8"),
    hostNames: texts.hostNames,
  };
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config };
}
