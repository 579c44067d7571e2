import { z } from "zod";
import { type Host, isGroupAddress, isLanAddress, parseHostPort } from "../base/lan_address.ts";
import { exactText } from "../entities/text.ts";
import type { Place } from "./device_udp.ts";

export const DEVICE_TYPES = ["wled", "ddp", "sacn", "artnet", "virtual", "routeros"] as const;
export const DEVICE_TYPE = z.enum(DEVICE_TYPES);
export type DeviceType = z.output<typeof DEVICE_TYPE>;

/** The schemes that a device of each type is reached by. */
const SCHEMES: Readonly<Record<DeviceType, readonly string[]>> = {
  wled: ["http", "https"],
  ddp: ["ddp"],
  sacn: ["sacn"],
  artnet: ["artnet"],
  virtual: ["virtual", "http", "https"],
  routeros: ["ssh"],
};

const PARTS = /^([a-z][a-z0-9+.-]*):\/\/([^/?#\\]*)(.*)$/i;
/** Also in an address that is wrong otherwise. */
const USER_INFO = /\/\/[^/?#\\]*@/;

/** Scheme and host in lower case, without a final `/`, so that one device has one address. */
const normalise = (url: string): string => {
  const [, scheme = "", authority = "", rest = ""] = PARTS.exec(url) ?? [];
  return scheme === "" ? url : `${scheme}://${authority}`.toLowerCase() + (rest === "/" ? "" : rest);
};

/** The text of a device address; whether it suits the type is for `deviceUrlProblem`. */
export const deviceUrl = () =>
  exactText(512)
    .refine((url) => !USER_INFO.test(url), { error: "must not contain a user name or password", abort: true })
    .overwrite(normalise);

/** The host of a device address that is valid for some type. */
export const deviceHost = (url: string): Host | undefined => parseHostPort(PARTS.exec(url)?.[2] ?? "")?.host;

/** Where a device of this address is asked, at the usual port if the address names none. */
export function placeOf(url: string | null, usualPort: number): Place {
  const { host = NOWHERE, port = usualPort } = parseHostPort(PARTS.exec(url ?? "")?.[2] ?? "") ?? {};
  return { host, port };
}

/** A name that nobody has. Devices without an address are never asked. */
const NOWHERE: Host = { kind: "name", name: "" };

const GROUP = "must be the address of the device itself: nothing is sent by multicast or broadcast";

/** Why this address cannot be that of such a device, or undefined. Names are looked up at admission, not here. */
export function deviceUrlProblem(type: DeviceType, url: string): string | undefined {
  const [, scheme = "", authority = "", rest = ""] = PARTS.exec(url) ?? [];
  const schemes = SCHEMES[type];
  if (!schemes.includes(scheme)) return `must start with ${schemes.map((each) => `${each}://`).join(" or ")}`;
  if (rest !== "") return "must not have a path, query or fragment";
  const host = parseHostPort(authority)?.host;
  if (host === undefined) return "must name a host: a name, a dotted IPv4 address or an IPv6 address in brackets";
  if (host.kind === "name" || isLanAddress(host.address)) return undefined;
  if (isGroupAddress(host.address)) return GROUP;
  return "must be a private, link-local or loopback address";
}
