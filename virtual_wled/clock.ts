/** Time as the controller sees it, so that tests can step it. */
export interface Clock {
  /** Milliseconds, never going back. */
  now(): number;
  /** Runs `work` once after `ms`; returns how to take that back. */
  after(ms: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
