import { type HostPort, parseHostPort } from "./host.ts";

export interface Origin {
  /** Lower case, without `:`. */
  readonly scheme: string;
  readonly name: string;
  /** Null where none is given and the scheme has none of its own. */
  readonly port: number | null;
}

export type OriginVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "origin_malformed" | "origin_foreign" };

const DEFAULT_PORTS: Readonly<Record<string, number | undefined>> = { http: 80, https: 443 };

/** Reads `scheme://host[:port]`; a path, user info, several values or `null` make it undefined. */
export function parseOrigin(text: string): Origin | undefined {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.+)$/i.exec(text) ?? [];
  const host = parseHostPort(rest);
  return host === undefined ? undefined : originOf(scheme.toLowerCase(), host);
}

/** This server's own origin, as the browser sees it that sent this `Host`. */
export const ownOrigin = (host: HostPort, secure: boolean): Origin => originOf(secure ? "https" : "http", host);

/** Judges an `Origin` header; no header is no browser page, or one of our own reading. */
export function checkOrigin(header: string | null, own: Origin, allowed: readonly Origin[]): OriginVerdict {
  if (header === null) return { ok: true };
  const origin = parseOrigin(header);
  if (origin === undefined) return { ok: false, reason: "origin_malformed" };
  return [own, ...allowed].some((known) => isSame(known, origin))
    ? { ok: true }
    : { ok: false, reason: "origin_foreign" };
}

const originOf = (scheme: string, { name, port }: HostPort): Origin => ({
  scheme,
  name,
  port: port ?? (Object.hasOwn(DEFAULT_PORTS, scheme) ? DEFAULT_PORTS[scheme] : null) ?? null,
});

const isSame = (a: Origin, b: Origin): boolean => a.scheme === b.scheme && a.name === b.name && a.port === b.port;
