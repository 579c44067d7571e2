import { createHash } from "node:crypto";
import type { Host } from "../app/host.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import { isLoopbackHost, parseHost } from "../base/lan_address.ts";
import type { Log } from "../base/log.ts";
import type { Config } from "../config.ts";
import { createMdns } from "../runtime/mdns.ts";
import { machineAddress } from "../runtime/mdns_interfaces.ts";
import { VERSION } from "../version.ts";

/** What the app needs to find devices and to be found; nothing where both are switched off. */
export function mdnsOf(
  config: Config,
  { hostName, port, ...ports }: {
    readonly hostName: string;
    /** Known once it listens. */
    readonly port: () => number;
    readonly log: Log;
    readonly clock: Clock;
    readonly turn: Turn;
  },
): Pick<Host, "discovery"> {
  const announced = config.announce && reachesAnybody(config);
  if (!config.discovery && !announced) return {};
  const mdns = createMdns({ only: config.mdnsInterface, ...ports });
  const common = { mdns, search: config.discovery };
  if (!announced) return { discovery: common };
  const machineId = createHash("sha256").update(machineAddress() || hostName).digest("hex").slice(0, 6);
  const own = () => ({ hostName, machineId, port: port(), secure: config.tls !== null, version: VERSION });
  const reachable = (address: string) => isReachable(config.host, address);
  return { discovery: { ...common, announcement: { own, reachable } } };
}

/** Only this machine reaches a server on loopback: that is worth telling only where nobody else listens. */
const reachesAnybody = ({ host, mdnsInterface }: Config): boolean => !isLoopbackHost(host) || mdnsInterface !== null;

function isReachable(host: string, address: string): boolean {
  if (isLoopbackHost(host)) return isLoopbackHost(address);
  const parsed = parseHost(host.includes(":") ? `[${host}]` : host);
  if (parsed?.kind === "ipv4" && host === "0.0.0.0") return !address.includes(":");
  return parsed === undefined || parsed.kind === "name" || host === "::" || host === address;
}
