import { request as requestHttp, type RequestOptions } from "node:http";
import { request as requestHttps } from "node:https";
import { networkInterfaces } from "node:os";
import { parseHost } from "../base/lan_address.ts";
import type { DeviceFailure, DeviceHttp, DeviceRequest, OfflineReason } from "../devices/device_http.ts";
import { exchange, type Outcome } from "./lan_exchange.ts";
import { lanAddresses, lookedUp, type Resolve } from "./lan_lookup.ts";
import { createLimit } from "./limit.ts";

const USUAL = { ms: 3000, bytes: 65_536 } as const;
/** A device with several addresses is tried at no more than these, one after the other. */
const MOST_ADDRESSES = 3;

/** The name is resolved here, and the socket goes to the very address that was looked at: nothing can come in between. */
export function createLanHttp(
  { resolve = lookedUp, ownPort = () => undefined }: {
    readonly resolve?: Resolve;
    /** Where this server listens: a device that points there would only fill the log with its own rejections. */
    readonly ownPort?: () => number | undefined;
  } = {},
): DeviceHttp {
  return {
    request: async (url, { ms = USUAL.ms, bytes = USUAL.bytes, ...rest } = {}) => {
      const limit = createLimit(ms, rest.signal);
      try {
        const begun = performance.now();
        const outcome = await attempt(new URL(url), { ...rest, bytes, limit: limit.signal, resolve, ownPort });
        return outcome.ok ? { ...outcome, ms: Math.round((performance.now() - begun) * 10) / 10 } : outcome;
      } catch {
        return failed("unreachable"); // a socket or address that the runtime itself refuses
      } finally {
        limit.cancel();
      }
    },
  };
}

interface Limits extends Pick<DeviceRequest, "method" | "body"> {
  readonly bytes: number;
  readonly limit: AbortSignal;
  readonly resolve: Resolve;
  readonly ownPort: () => number | undefined;
}

async function attempt(url: URL, limits: Limits): Promise<Outcome> {
  const addresses = await lanAddresses(parseHost(url.hostname), limits);
  if (typeof addresses === "string") return failed(addresses);
  if (portOf(url) === limits.ownPort() && addresses.some(isOwnAddress)) return failed("not_wled");
  let outcome: Outcome = failed("unreachable");
  for (const address of addresses.slice(0, MOST_ADDRESSES)) {
    outcome = await exchange(() => open(url, address, limits), { ...limits, body: bodyOf(limits) });
    if (outcome.ok || outcome.sent || outcome.reason !== "unreachable") return outcome;
  }
  return outcome;
}

const portOf = ({ port, protocol }: URL) => port === "" ? (protocol === "https:" ? 443 : 80) : Number(port);

/** Of this machine. */
function isOwnAddress(address: string): boolean {
  if (address.startsWith("127.") || address === "::1") return true;
  return Object.values(networkInterfaces()).some((all) => all?.some((own) => own.address === address));
}

const bodyOf = ({ body }: Limits) => body === undefined ? undefined : JSON.stringify(body);

/** A connection of its own that closes with the answer: such devices have a handful of sockets for everybody. */
function open(url: URL, address: string, { method = "GET" }: Limits) {
  const options: RequestOptions = {
    host: address,
    ...(url.port === "" ? {} : { port: url.port }),
    path: url.pathname + url.search,
    method,
    agent: false,
    headers: { host: url.host, accept: "application/json", connection: "close" },
  };
  if (url.protocol !== "https:") return requestHttp(options);
  const name = parseHost(url.hostname)?.kind === "name" ? { servername: url.hostname } : {};
  return requestHttps({ ...options, ...name });
}

const failed = (reason: OfflineReason): DeviceFailure => ({ ok: false, reason, sent: false });
