import type { Turn } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";

/** One thing at a time for each address, and a bounded number in all: one that says nothing holds up no other. */
export interface Turns {
  /** Refuses with `unavailable` when too many wait already, and when the turn does not come in time. */
  take<T>(address: string, work: () => Promise<T>): Promise<T>;
  /** From now on nobody waits; resolves once what is under way has ended. */
  stop(): Promise<void>;
}

const MOST_AT_ONCE = 8;
const MOST_WAITING = 32;
const LONGEST_WAIT_MS = 15_000;

interface Waiting {
  readonly address: string;
  readonly go: () => void;
  readonly refuse: () => void;
}

export function createTurns({ turn }: { readonly turn: Pick<Turn, "delay"> }): Turns {
  const busy = new Set<string>();
  /** Who came first stands first. */
  const line: Waiting[] = [];
  let stopped = false;
  let idle = () => {};

  const refusal = () => {
    const why = stopped ? "the server is stopping" : "too many requests wait for it";
    return new Refusal("unavailable", `Cannot use adb now: ${why}`);
  };

  const wait = (address: string) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        cancel();
        line.splice(line.indexOf(waiting), 1);
      };
      const waiting: Waiting = {
        address,
        go: () => {
          leave();
          busy.add(address);
          resolve();
        },
        refuse: () => {
          leave();
          reject(refusal());
        },
      };
      const cancel = turn.delay(waiting.refuse, LONGEST_WAIT_MS);
      line.push(waiting);
    });

  const enter = (address: string): Promise<void> => {
    if (stopped) return Promise.reject(refusal());
    if (busy.size < MOST_AT_ONCE && !busy.has(address)) {
      busy.add(address);
      return Promise.resolve();
    }
    return line.length < MOST_WAITING ? wait(address) : Promise.reject(refusal());
  };

  const leave = (address: string) => {
    busy.delete(address);
    line.find((waiting) => !busy.has(waiting.address))?.go();
    if (busy.size === 0) idle();
  };

  return {
    take: async (address, work) => {
      await enter(address);
      try {
        return await work();
      } finally {
        leave(address);
      }
    },
    stop: () => {
      stopped = true;
      for (const waiting of [...line]) waiting.refuse();
      return busy.size === 0 ? Promise.resolve() : new Promise((resolve) => idle = resolve);
    },
  };
}
