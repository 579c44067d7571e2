import { parseAddress } from "../auth/address.ts";
import { parseHostPort } from "../auth/host.ts";
import { parseNetwork } from "../auth/network.ts";
import { parseOrigin } from "../auth/origin.ts";
import { parseHost } from "../base/lan_address.ts";
import type { LogFormat, LogLevel } from "../base/log.ts";
import { parseReleaseUrl } from "../updates/address.ts";
import { parseReleaseKey } from "../updates/signature.ts";
import type { Supervised } from "./types.ts";

/** A value of its type, or what it must be. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly must: string };

export type Parse<T> = (text: string) => Parsed<T>;

const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const must = (must: string) => ({ ok: false, must }) as const;

export const anyText: Parse<string> = good;

export const path: Parse<string> = (text) => text.includes("\0") ? must("a path without NUL") : good(text);

/** An address with or without brackets, or a name; the brackets go. */
export const host: Parse<string> = (text) => {
  const parsed = parseHost(text.includes(":") && !text.startsWith("[") ? `[${text}]` : text);
  if (parsed === undefined) return must("an IP address or a host name, without a port");
  return good(parsed.kind === "name" ? parsed.name : parsed.address);
};

export const port: Parse<number> = (text) =>
  /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? good(Number(text)) : must("a whole number from 0 to 65535");

export const checkSeconds: Parse<number> = (text) =>
  /^[1-9]\d{0,3}$/.test(text) && Number(text) <= 3600 ? good(Number(text)) : must("a whole number from 1 to 3600");

export const address: Parse<string> = (text) => {
  const parsed = parseAddress(text);
  return parsed === undefined ? must("an IP address of this machine") : good(parsed.text);
};

export const onOrOff: Parse<boolean> = (text) =>
  text === "on" || text === "off" ? good(text === "on") : must("on or off");

export const supervised: Parse<Supervised> = (text) =>
  text === "auto" || text === "yes" || text === "no" ? good(text) : must("auto, yes or no");

export const site: Parse<string> = (text) =>
  /^[A-Za-z0-9._-]{1,64}$/.test(text) ? good(text) : must("1 to 64 letters, digits, dots, hyphens or underscores");

/** The address of a libSQL server. It is shown in logs and pages, so it may hold no secret. */
export const serverUrl: Parse<string> = (text) => {
  if (!/^(?:libsql|https?):\/\//i.test(text) || !URL.canParse(text)) {
    return must("the address of a libSQL server: libsql://, https:// or http:// and a host");
  }
  const url = new URL(text);
  if (url.username !== "" || url.password !== "" || url.searchParams.has("authToken")) {
    return must("without user, password or token, which has a setting of its own");
  }
  return url.hostname === "" ? must("an address with a host") : good(text);
};

/** It is shown in logs and pages, so it may hold no secret. */
export const updateUrl: Parse<string> = (text) =>
  parseReleaseUrl(text) === undefined
    ? must("an https:// address without user and password; http:// only for this machine itself")
    : good(text);

export const updateKey: Parse<string> = (text) =>
  parseReleaseKey(text) === undefined ? must("an Ed25519 public key: base64 of its 32 bytes, or PEM") : good(text);

const LEVELS: Readonly<Record<LogLevel, true>> = { debug: true, info: true, warning: true, error: true };
const isLevel = (text: string): text is LogLevel => Object.hasOwn(LEVELS, text);

export const logLevel: Parse<LogLevel> = (text) => isLevel(text) ? good(text) : must("debug, info, warning or error");

export const logFormat: Parse<LogFormat> = (text) =>
  text === "json" || text === "pretty" ? good(text) : must("json or pretty");

export const hosts = listOf("a list of host names, with or without a port", parseHostPort);
export const origins = listOf("a list of origins, each scheme://host[:port] and nothing behind it", parseOrigin);
export const networks = listOf("a list of addresses or blocks such as 10.0.0.0/8", parseNetwork);

/** Texts between commas, each of which `parse` accepts; empty ones do not count. */
function listOf(what: string, parse: (text: string) => unknown): Parse<readonly string[]> {
  return (text) => {
    const items = text.split(",").map((item) => item.trim()).filter((item) => item !== "");
    const wrong = items.find((item) => parse(item) === undefined);
    return wrong === undefined ? good(items) : must(`${what}, but ${JSON.stringify(wrong)} is none`);
  };
}
