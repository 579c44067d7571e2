import { createPlaces } from "../base/places.ts";
import { Refusal } from "../base/errors.ts";

/** Heavy work with whole databases: never two at once. */
export interface OneAtATime {
  /** A Refusal while something else is under way. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Waits for its turn. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  busy(): boolean;
  /** Resolves when nothing is under way or waits. */
  idle(): Promise<void>;
}

export function createOneAtATime(): OneAtATime {
  const place = createPlaces(1);
  const under = new Set<Promise<unknown>>();
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const done = place.run(work);
    under.add(done);
    try {
      return await done;
    } finally {
      under.delete(done);
    }
  };
  return {
    alone: (work) => under.size === 0 ? inTurn(work) : Promise.reject(new Refusal("conflict", BUSY)),
    inTurn,
    busy: () => under.size > 0,
    idle: async () => {
      while (under.size > 0) await Promise.allSettled(under);
    },
  };
}

const BUSY = "Another backup is being made or verified now: try again when it is done";
