import type { Turn } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import type { Browser } from "./browser.ts";
import { discoveredOf, type Find } from "./find.ts";

/** Searches that somebody asked for and watches. */
export interface Searches {
  /**
   * What answers within the time, as lines of JSON. Ends with the time and with its reader. Refuses with `unavailable` when
   * too many search.
   */
  open(seconds: number): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** A device showed itself. */
  seen(find: Find): void;
  stop(): void;
}

const MOST = 8;
const AGAIN_MS = 1000;

export function createSearches(
  { turn, browser }: { readonly turn: Pick<Turn, "delay">; readonly browser: Pick<Browser, "ask"> },
): Searches {
  const running = new Map<symbol, { readonly seen: (find: Find) => void; readonly end: () => void }>();

  const open = (seconds: number) => {
    if (running.size >= MOST) throw new Refusal("unavailable", "Cannot search now: too many searches are running");
    const id = Symbol("search");
    const found = new Set<string>();
    const encoder = new TextEncoder();
    let cancels: readonly (() => void)[] = [];
    const leave = () => {
      running.delete(id);
      for (const cancel of cancels) cancel();
    };
    return new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => {
        const write = (line: unknown) => controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        const end = () => {
          if (!running.has(id)) return;
          leave();
          write({ type: "done", found: found.size });
          controller.close();
        };
        const seen = (find: Find) => {
          if (found.has(find.id)) return;
          found.add(find.id);
          write({ type: "device", device: discoveredOf(find), configured: find.state === "configured" });
        };
        running.set(id, { seen, end });
        cancels = [turn.delay(browser.ask, AGAIN_MS), turn.delay(end, seconds * 1000)];
        browser.ask();
      },
      cancel: leave,
    });
  };

  return {
    open,
    seen: (find) => {
      for (const search of running.values()) search.seen(find);
    },
    stop: () => {
      for (const search of [...running.values()]) search.end();
    },
  };
}
