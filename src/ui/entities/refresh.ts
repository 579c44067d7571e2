import type { Timer } from "../base/timer.ts";

/** A moment in which many changes become one reading. */
const PAUSE_MS = 250;

/**
 * Reads anew as often as it is asked to, but one reading at a time with a pause after each. What is asked meanwhile is
 * one more reading, so that the last one always began after the last asking. Resolves, or rejects, with that reading.
 */
export function createRefresh(read: () => Promise<void>, timer: Timer): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const pause = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    timer.after(PAUSE_MS, resolve);
    return promise;
  };
  const run = () => {
    const reading = read();
    underWay = reading.then(pause, pause).then(() => void (underWay = undefined));
    return reading;
  };
  return () => {
    if (underWay === undefined) return run();
    const waiting = next ?? underWay.then(() => {
      next = undefined;
      return run();
    });
    next = waiting;
    return waiting;
  };
}
