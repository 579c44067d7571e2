import { networkInterfaces } from "node:os";
import { BlockList, isIPv4 } from "node:net";

/** One address of one of this machine's interfaces. */
export interface InterfaceAddress {
  /** Of the interface, e.g. `eth0`. */
  readonly name: string;
  readonly address: string;
  readonly netmask: string;
  readonly internal: boolean;
}

/** A place where one socket listens: an IPv4 address, or an interface with IPv6. */
export interface Place {
  readonly key: string;
  readonly type: "udp4" | "udp6";
  /** As the library names the interface. */
  readonly interface: string;
  /** This machine's own addresses there. */
  readonly addresses: readonly string[];
  /** Whether a packet from there is one of this place; one socket hears what came in at all the others. */
  hears(sender: string): boolean;
}

const MOST_PLACES = 32;

export const listInterfaces = (): readonly InterfaceAddress[] =>
  Object.entries(networkInterfaces()).flatMap(([name, all = []]) =>
    all.map(({ address, netmask, internal }) => ({ name, address: withoutZone(address), netmask, internal }))
  );

/** Where to listen: everywhere but on loopback, or at the one address alone. */
export function placesOf(all: readonly InterfaceAddress[], only: string | null): readonly Place[] {
  const wanted = all.filter(({ address, internal }) => only === null ? !internal : address === only);
  const ofAddresses = wanted.filter(({ address }) => isIPv4(address)).map((own) => placeOfAddress(own, all, only));
  const names = wanted.filter(({ address }) => !isIPv4(address) && (only !== null || isLinkLocal(address)))
    .map(({ name }) => name);
  const ofNames = [...new Set(names)].map((name) => placeOfName(name, all));
  return [...ofAddresses, ...ofNames].slice(0, MOST_PLACES);
}

function placeOfAddress(own: InterfaceAddress, all: readonly InterfaceAddress[], only: string | null): Place {
  const isWithin = withinOf(own);
  const elsewhere = all.filter(({ address }) => isIPv4(address)).map(withinOf);
  const addresses = only === null ? addressesAt(own.name, all).filter((address) => !isIPv4(address)) : [];
  return {
    key: `${own.address}/${own.netmask} ${addresses.join(" ")}`,
    type: "udp4",
    interface: own.address,
    addresses: [own.address, ...addresses],
    hears: (sender) =>
      isIPv4(sender) && (isWithin(sender) || (only === null && !elsewhere.some((within) => within(sender)))),
  };
}

function placeOfName(name: string, all: readonly InterfaceAddress[]): Place {
  const addresses = addressesAt(name, all);
  return {
    key: `${name} ${addresses.join(" ")}`,
    type: "udp6",
    interface: `::%${name}`,
    addresses,
    hears: (sender) => !isIPv4(sender),
  };
}

const addressesAt = (name: string, all: readonly InterfaceAddress[]) =>
  all.filter((each) => each.name === name).map(({ address }) => address);

function withinOf({ address, netmask }: InterfaceAddress): (sender: string) => boolean {
  const bits = netmask.split(".").reduce((sum, part) => sum + Number(part).toString(2).replaceAll("0", "").length, 0);
  const block = new BlockList();
  block.addSubnet(address, bits);
  return (sender) => block.check(sender);
}

const isLinkLocal = (address: string) => /^fe[89ab]/i.test(address);
export const withoutZone = (address: string) => address.replace(/%.*$/s, "");

/** The hardware address of this machine's first network card; empty when there is none. */
export function machineAddress(): string {
  const cards = Object.values(networkInterfaces()).flatMap((all = []) => all).filter(({ internal }) => !internal);
  return cards.map(({ mac }) => mac).find((mac) => /[1-9a-f]/i.test(mac)) ?? "";
}
