import { clearTimeout, setImmediate, setTimeout } from "node:timers";
import { randomFillSync } from "node:crypto";
import type { Clock, Entropy, Turn } from "../audit/ports.ts";

/** Time, turns of the event loop and chance, as every runtime here has them. */
export function systemPorts(): { clock: Clock; turn: Turn; entropy: Entropy } {
  return {
    clock: { now: () => Date.now() },
    turn: {
      after: (callback) => void setImmediate(callback),
      delay: (callback, ms) => {
        const timer = setTimeout(callback, ms);
        timer.unref();
        return () => clearTimeout(timer);
      },
    },
    entropy: { bytes: (length) => randomFillSync(new Uint8Array(length)) },
  };
}
