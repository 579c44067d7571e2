import type { LiveMessage } from "../../../src/ui/base/messages.ts";

/** Live messages that come when the test says them. */
export function createHandLive() {
  const listeners = new Set<(message: LiveMessage) => void>();
  return {
    on: (listener: (message: LiveMessage) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    say: (message: LiveMessage) => {
      for (const listener of listeners) listener(message);
    },
  };
}
