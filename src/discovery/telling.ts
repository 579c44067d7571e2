import type { Turn } from "../audit/ports.ts";
import { type Discovered, discoveredOf, type Find } from "./find.ts";

/** Told to live clients. */
export type DiscoveryMessage =
  | { readonly type: "device_discovered"; readonly device: Discovered }
  | { readonly type: "device_lost"; readonly id: string; readonly name: string; readonly url: string };

/** Tells live clients how things stand with a device, and no more often than they can use it. */
export interface Telling {
  /** It is not as it was told last. */
  changed(find: Find): void;
  stop(): void;
}

const EVERY_MS = 100;
const MOST_AT_ONCE = 100;

export function createTelling(
  { turn, announce }: {
    readonly turn: Pick<Turn, "delay">;
    readonly announce: (message: DiscoveryMessage) => void;
  },
): Telling {
  // Each once, however often it changed meanwhile: what counts is how it stands.
  const waiting = new Set<Find>();
  let cancel: (() => void) | undefined;

  const tell = (find: Find) => {
    const { id, sighting: { name, url }, state } = find;
    if (state === "listed") announce({ type: "device_discovered", device: discoveredOf(find) });
    if (state === "lost") announce({ type: "device_lost", id, name, url });
  };

  const flush = () => {
    cancel = undefined;
    for (const find of [...waiting].slice(0, MOST_AT_ONCE)) {
      waiting.delete(find);
      tell(find);
    }
    if (waiting.size > 0) cancel = turn.delay(flush, EVERY_MS);
  };

  return {
    changed: (find) => {
      waiting.add(find);
      cancel ??= turn.delay(flush, EVERY_MS);
    },
    stop: () => cancel?.(),
  };
}
