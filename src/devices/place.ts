import { type Host, parseHostPort } from "../base/lan_address.ts";
import type { Place } from "./device_udp.ts";

const PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)(.*)$/i;

/** The text of a device address in its parts, all empty when it has none. `rest`: what follows host and port. */
export function partsOf(url: string): { readonly scheme: string; readonly authority: string; readonly rest: string } {
  const [, scheme = "", authority = "", rest = ""] = PARTS.exec(url) ?? [];
  return { scheme, authority, rest };
}

/** The host of a device address that is valid for some type. */
export const deviceHost = (url: string): Host | undefined => parseHostPort(partsOf(url).authority)?.host;

/** Where a device of this address is asked, at the usual port if the address names none. */
export function placeOf(url: string | null, usualPort: number): Place {
  const { host = NOWHERE, port = usualPort } = parseHostPort(partsOf(url ?? "").authority) ?? {};
  return { host, port };
}

/** A name that nobody has. Devices without an address are never asked. */
const NOWHERE: Host = { kind: "name", name: "" };
