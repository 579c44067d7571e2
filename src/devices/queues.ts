import type { Turn } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";

/** One thing at a time for each device: such a controller serves one request well and two badly. */
export interface Queues {
  /** Refuses with `unavailable` when too many wait already, and when the turn does not come in time. */
  run<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** The same before everybody who waits, and never refused before the stop: for checks, of which there is one at a time. */
  runFirst<T>(id: string, work: () => Promise<T>): Promise<T>;
  /** From now on nobody waits; resolves once what is under way has ended. */
  stop(): Promise<void>;
}

const MOST_WAITING = 32;
const LONGEST_WAIT_MS = 10_000;

interface Waiting {
  readonly go: () => void;
  readonly refuse: () => void;
}

export function createQueues({ turn }: { readonly turn: Pick<Turn, "delay"> }): Queues {
  /** Who waits, by device; a device that is not listed is free. */
  const busy = new Map<string, Waiting[]>();
  let stopped = false;
  let idle = () => {};

  const refusal = () => {
    const why = stopped ? "the server is stopping" : "too many requests wait for it";
    return new Refusal("unavailable", `Cannot reach the device now: ${why}`);
  };

  const enter = (id: string, first: boolean): Promise<void> => {
    const line = busy.get(id);
    if (stopped || (!first && (line?.length ?? 0) >= MOST_WAITING)) return Promise.reject(refusal());
    if (line !== undefined) return waitIn(line, first);
    busy.set(id, []);
    return Promise.resolve();
  };

  const waitIn = (line: Waiting[], first: boolean) =>
    new Promise<void>((resolve, reject) => {
      const leave = () => {
        cancel();
        line.splice(line.indexOf(waiting), 1);
      };
      const waiting: Waiting = {
        go: () => {
          leave();
          resolve();
        },
        refuse: () => {
          leave();
          reject(refusal());
        },
      };
      const cancel = first ? () => {} : turn.delay(waiting.refuse, LONGEST_WAIT_MS);
      if (first) line.unshift(waiting);
      else line.push(waiting);
    });

  const leave = (id: string) => {
    const next = busy.get(id)?.[0];
    if (next !== undefined) return next.go();
    busy.delete(id);
    if (busy.size === 0) idle();
  };

  const runAs = async <T>(id: string, work: () => Promise<T>, first: boolean): Promise<T> => {
    await enter(id, first);
    try {
      return await work();
    } finally {
      leave(id);
    }
  };

  return {
    run: (id, work) => runAs(id, work, false),
    runFirst: (id, work) => runAs(id, work, true),
    stop: () => {
      stopped = true;
      for (const line of busy.values()) for (const waiting of [...line]) waiting.refuse();
      return busy.size === 0 ? Promise.resolve() : new Promise((resolve) => idle = resolve);
    },
  };
}
