import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Live } from "../base/live.ts";

/** How long a device took to answer, in milliseconds; null for a check that failed. Oldest first. */
export type Checks = readonly (number | null)[];

/** The last checks of each device, gathered for as long as the page is open. */
export interface CheckHistory {
  of(id: string): ReadonlySignal<Checks>;
  clear(): void;
}

export const MOST_CHECKS = 20;

export function createCheckHistory({ live }: { readonly live: Pick<Live, "on"> }): CheckHistory {
  const devices = new Map<string, Signal<Checks>>();
  const find = (id: string) => {
    const known = devices.get(id);
    if (known !== undefined) return known;
    const checks = signal<Checks>([]);
    devices.set(id, checks);
    return checks;
  };
  live.on((message) => {
    if (message.type === "device_health_changed") {
      const checks = find(message.device_id);
      const ms = message.offline_reason === null ? message.latency_ms : null;
      checks.value = [...checks.value.slice(1 - MOST_CHECKS), ms];
    } else if (message.type === "entity_changed" && message.change === "deleted") devices.delete(message.entity_id);
  });
  return { of: find, clear: () => devices.clear() };
}
