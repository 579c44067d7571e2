import { isIPv6 } from "node:net";
import type { OfflineReason } from "../devices/device_http.ts";
import type { DeviceUdp } from "../devices/device_udp.ts";
import { createLanNames } from "./lan_names.ts";
import { lookedUp, type Resolve } from "./lan_lookup.ts";
import { createLimit } from "./limit.ts";
import { createUdpSocket } from "./udp_socket.ts";

/** Datagrams to and from devices, until it is closed. */
export interface LanUdp extends DeviceUdp {
  close(): Promise<void>;
}

const ANSWER_MS = 3000;

/** One socket for every device, and a second one once there is a device with an IPv6 address. */
export function createLanUdp({ resolve = lookedUp }: { readonly resolve?: Resolve } = {}): LanUdp {
  const names = createLanNames(resolve);
  const sockets = { four: createUdpSocket("udp4"), six: createUdpSocket("udp6") };
  const socketOf = (address: string) => isIPv6(address) ? sockets.six : sockets.four;
  return {
    send: async ({ host, port }, packets) => {
      const address = await names.addressOf(host);
      if (!address.ok) return address;
      const { send } = socketOf(address.address);
      const sent = await Promise.all(packets.map((packet) => send(packet, address.address, port)));
      return sent.every(Boolean) ? { ok: true } : failed("unreachable");
    },
    ask: async ({ host, port }, packet, { isAnswer, signal }) => {
      const limit = createLimit(ANSWER_MS, signal);
      try {
        const begun = performance.now();
        const found = await names.addressOf(host);
        if (!found.ok) return found;
        const socket = socketOf(found.address);
        const answered = socket.waitFor(found.address, port, isAnswer, limit.signal);
        if (!await socket.send(packet, found.address, port)) return failed("unreachable");
        if (!await answered) return failed("timeout");
        return { ok: true, ms: Math.round((performance.now() - begun) * 10) / 10 };
      } finally {
        limit.cancel();
      }
    },
    close: async () => void await Promise.all([sockets.four.close(), sockets.six.close()]),
  };
}

const failed = (reason: OfflineReason) => ({ ok: false, reason, sent: false }) as const;
