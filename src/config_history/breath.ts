import type { Turn } from "../audit/ports.ts";

/** Counts work; after so much of it there is something to wait for, so that others have their turn. */
export type Breathe = (work: number) => Promise<void> | undefined;

export function createBreathe({ after }: Pick<Turn, "after">, workInOneTurn: number): Breathe {
  let left = workInOneTurn;
  return (work) => {
    left -= work;
    if (left > 0) return undefined;
    left = workInOneTurn;
    return new Promise((resolve) => after(resolve));
  };
}
