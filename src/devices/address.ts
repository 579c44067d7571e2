import { isGroupAddress, isLanAddress, parseHostPort } from "../base/lan_address.ts";
import { exactText } from "../entities/text.ts";
import { partsOf } from "./place.ts";
import type { Provider } from "./provider.ts";

/** Also in an address that is wrong otherwise. */
const USER_INFO = /\/\/[^/?#\\]*@/;

/** Scheme and host in lower case, without a final `/`, so that one device has one address. */
const normalise = (url: string): string => {
  const { scheme, authority, rest } = partsOf(url);
  return scheme === "" ? url : `${scheme}://${authority}`.toLowerCase() + (rest === "/" ? "" : rest);
};

/** The text of a device address; whether it suits the type is for `deviceUrlProblem`. */
export const deviceUrl = () =>
  exactText(512)
    .refine((url) => !USER_INFO.test(url), { error: "must not contain a user name or password", abort: true })
    .overwrite(normalise);

const GROUP = "must be the address of the device itself: nothing is sent by multicast or broadcast";

/** Why this address cannot be that of such a device, or undefined. Names are looked up at admission, not here. */
export function deviceUrlProblem(
  { schemes, mayLackUrl }: Pick<Provider, "schemes" | "mayLackUrl">,
  url: string | null,
): string | undefined {
  if (url === null) return mayLackUrl ? undefined : "is required for this device type";
  const { scheme, authority, rest } = partsOf(url);
  if (!schemes.includes(scheme)) return `must start with ${schemes.map((each) => `${each}://`).join(" or ")}`;
  if (rest !== "") return "must not have a path, query or fragment";
  const host = parseHostPort(authority)?.host;
  if (host === undefined) return "must name a host: a name, a dotted IPv4 address or an IPv6 address in brackets";
  if (host.kind === "name" || isLanAddress(host.address)) return undefined;
  if (isGroupAddress(host.address)) return GROUP;
  return "must be a private, link-local or loopback address";
}
