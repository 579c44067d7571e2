import type { Turn } from "../audit/ports.ts";
import type { Cache } from "./cache.ts";
import type { Mdns, MdnsQuestion } from "./mdns.ts";

/** Asks for the services again and again, at first often. */
export interface Browser {
  /** Asks at once and then again and again, also when it did so before: the network has changed. */
  begin(): void;
  /** Asks at once. */
  ask(): void;
  /** Asks at once for what the cache misses. */
  complete(): void;
  stop(): void;
}

/** Seconds after one question until the next. */
const PAUSES = [1, 2, 4, 8, 16, 32];
const LAST_PAUSE = 60;

export function createBrowser(
  { mdns, cache, turn, services }: {
    readonly mdns: Pick<Mdns, "query">;
    readonly cache: Pick<Cache, "questions">;
    readonly turn: Pick<Turn, "delay">;
    readonly services: readonly string[];
  },
): Browser {
  const questions = services.map((name): MdnsQuestion => ({ name, type: "PTR" }));
  let cancel = () => {};
  let stopped = false;

  const round = (index: number) => {
    if (stopped) return;
    mdns.query(questions);
    cancel = turn.delay(() => round(index + 1), (PAUSES[index] ?? LAST_PAUSE) * 1000);
  };
  const begin = () => {
    cancel();
    round(0);
  };

  return {
    begin,
    ask: () => mdns.query(questions),
    complete: () => {
      const missing = cache.questions();
      if (missing.length > 0) mdns.query(missing);
    },
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}
