import { Refusal } from "../base/errors.ts";
import { canonicalAddress, isLanAddress, isLoopbackHost, parseHostPort } from "../base/lan_address.ts";
import { exactText } from "../entities/text.ts";

/** The addresses that a name has here; empty when it has none or does not answer in time. */
export type Resolve = (name: string) => Promise<readonly string[]>;

/** Where adbd listens when nothing else is said. */
const USUAL_PORT = 5555;
/** Where adb's own server listens on its machine when nothing else is said. */
const USUAL_SERVER_PORT = 5037;
const NOT_LAN = "must have a private, link-local or loopback address";

/** `host[:port]`, a literal address only if it is one of the LAN. */
export const adbAddress = () =>
  exactText(300)
    .refine((text) => parseHostPort(text) !== undefined, { error: "must be host or host:port", abort: true })
    .refine(isLanOrName, NOT_LAN)
    .describe("`host[:port]` of a device on the LAN; the port is 5555 when left out, IPv6 stands in brackets");

function isLanOrName(text: string): boolean {
  const host = parseHostPort(text)?.host;
  return host !== undefined && (host.kind === "name" || isLanAddress(host.address));
}

/**
 * `address:port` as adb shall have it and as it names the device then: a name is looked up here, and adb gets the address
 * that was looked at. Refuses with `invalid`.
 */
export async function checkedAddress(
  text: string,
  { resolve, serverPort = USUAL_SERVER_PORT }: {
    readonly resolve: Resolve;
    readonly serverPort: number | undefined;
  },
): Promise<string> {
  const given = parseHostPort(text) ?? refuse("must be host or host:port");
  const { host, port = USUAL_PORT } = given;
  const addresses = host.kind === "name" ? await resolve(host.name) : [host.address];
  if (!addresses.every(isLanAddress)) refuse(NOT_LAN);
  const [address = refuse("has no address here")] = addresses.toSorted((a, b) => Number(isV6(a)) - Number(isV6(b)));
  // It would take its own greeting for a device that says nothing.
  if (port === serverPort && isLoopbackHost(canonicalAddress(address))) {
    refuse("is that of adb's own server, no device");
  }
  return `${isV6(address) ? `[${address}]` : address}:${port}`;
}

const isV6 = (address: string) => address.includes(":");

function refuse(message: string): never {
  throw new Refusal("invalid", "Cannot use this address for adb", { issues: [{ field: "address", message }] });
}
