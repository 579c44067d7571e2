import { connect, type Socket } from "node:net";
import type { OfflineReason } from "../devices/device_http.ts";
import type { DeviceTouch } from "../devices/device_touch.ts";
import { lanAddresses, lookedUp, type Resolve } from "./lan_lookup.ts";
import { createLimit } from "./limit.ts";

const LIMIT_MS = 3000;
/** A device with several addresses is tried at no more than these, one after the other. */
const MOST_ADDRESSES = 3;

type Found = "accepted" | "refused" | OfflineReason;

export function createLanTouch({ resolve = lookedUp }: { readonly resolve?: Resolve } = {}): DeviceTouch {
  return {
    touch: async ({ host, port }, { proof, signal }) => {
      const limit = createLimit(LIMIT_MS, signal);
      try {
        const begun = performance.now();
        const addresses = await lanAddresses(host, { resolve, limit: limit.signal });
        if (typeof addresses === "string") return failed(addresses);
        let found: Found = "unreachable";
        for (const address of addresses.slice(0, MOST_ADDRESSES)) {
          found = await open(address, port, limit.signal);
          if (found === "accepted" || (found === "refused" && proof === "answers")) {
            return { ok: true, ms: Math.round((performance.now() - begun) * 10) / 10 };
          }
        }
        return failed(found === "refused" ? "unreachable" : found);
      } finally {
        limit.cancel();
      }
    },
  };
}

/** How one attempt ends. The connection is closed and gone in any case. */
function open(address: string, port: number, limit: AbortSignal): Promise<Found> {
  if (limit.aborted) return Promise.resolve("timeout");
  return new Promise((resolve) => {
    let socket: Socket | undefined;
    const end = (found: Found) => {
      limit.removeEventListener("abort", late);
      socket?.destroy();
      resolve(found);
    };
    const late = () => end("timeout");
    limit.addEventListener("abort", late);
    try {
      socket = connect({ host: address, port });
    } catch {
      return end("unreachable"); // an address that the runtime itself refuses
    }
    socket.on("connect", () => end("accepted"));
    socket.on("error", (error) => end("code" in error && error.code === "ECONNREFUSED" ? "refused" : "unreachable"));
  });
}

const failed = (reason: OfflineReason) => ({ ok: false, reason, sent: false }) as const;
