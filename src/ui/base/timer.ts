/** Time, as the page's logic asks for it. */
export interface Timer {
  /** Milliseconds, from any beginning. */
  now(): number;
  /** Calls once, that much later; returns how to cancel. */
  after(ms: number, work: () => void): () => void;
}

export const browserTimer = (): Timer => ({
  now: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
});
