/** Entries that could not be stored and are not yet on record themselves. */
export interface Loss {
  readonly count: number;
  readonly from_ts: string;
  readonly to_ts: string;
}

export interface Losses {
  add(timestamps: readonly string[]): void;
  /** Takes what is not on record, to record it; `putBack` when that failed. */
  take(): Loss | undefined;
  putBack(loss: Loss): void;
  /** Entries lost since the start, on record or not. */
  total(): number;
  unrecorded(): number;
}

export function createLosses(): Losses {
  let total = 0;
  let open: Loss | undefined;
  const join = (loss: Loss) => {
    open = open
      ? {
        count: open.count + loss.count,
        from_ts: open.from_ts < loss.from_ts ? open.from_ts : loss.from_ts,
        to_ts: open.to_ts > loss.to_ts ? open.to_ts : loss.to_ts,
      }
      : loss;
  };
  return {
    add: (timestamps) => {
      for (const ts of timestamps) join({ count: 1, from_ts: ts, to_ts: ts });
      total += timestamps.length;
    },
    take: () => {
      const taken = open;
      open = undefined;
      return taken;
    },
    putBack: join,
    total: () => total,
    unrecorded: () => open?.count ?? 0,
  };
}
