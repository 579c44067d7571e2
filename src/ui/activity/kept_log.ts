import type { LogList } from "./log_list.ts";

export interface KeyedList {
  /** Of the filter that it is of. */
  readonly key: string;
  readonly list: LogList;
}

/** A list that was left, and how far it was scrolled. */
export interface LeftLog extends KeyedList {
  readonly top: number;
}

/** The list that was left last goes on by itself, so that the way back leads to the same rows in the same place. */
export interface KeptLog {
  keep(left: LeftLog): void;
  /** Hands it over, if it is of this filter; what was kept ends otherwise. */
  take(key: string): LeftLog | undefined;
  clear(): void;
}

export function createKeptLog(): KeptLog {
  let kept: LeftLog | undefined;
  const clear = () => {
    kept?.list.dispose();
    kept = undefined;
  };
  return {
    keep: (left) => {
      clear();
      // Nothing is put above the rows that somebody comes back to.
      left.list.hold(true);
      kept = left;
    },
    take: (key) => {
      const left = kept;
      if (left?.key !== key) return void clear();
      kept = undefined;
      return left;
    },
    clear,
  };
}
