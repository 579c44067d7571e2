/** Entries that could not be stored and are not yet on record themselves. */
export interface Loss {
  readonly count: number;
  readonly from_ts: string;
  readonly to_ts: string;
}

export interface Losses {
  add(timestamps: readonly string[]): void;
  /** Takes what is not on record, to record it; then either `recorded` or, when that failed, `putBack`. */
  take(): Loss | undefined;
  recorded(loss: Loss): void;
  putBack(loss: Loss): void;
  /** Entries lost since the start, on record or not. */
  total(): number;
  /** Of these, those that are not on record, also while that is under way. */
  unrecorded(): number;
}

export function createLosses(): Losses {
  let total = 0;
  let onRecord = 0;
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
    recorded: (loss) => void (onRecord += loss.count),
    putBack: join,
    total: () => total,
    unrecorded: () => total - onRecord,
  };
}
