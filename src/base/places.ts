/** A number of places. Whoever finds none free waits for one; who is `first` before everybody else. */
export interface Places {
  run<T>(work: () => Promise<T>, first?: boolean): Promise<T>;
}

export function createPlaces(count: number): Places {
  const waiting: (() => void)[] = [];
  let free = count;
  const take = (first: boolean) => {
    if (free === 0) {
      return new Promise<void>((resolve) => void (first ? waiting.unshift(resolve) : waiting.push(resolve)));
    }
    free--;
    return Promise.resolve();
  };
  const give = () => {
    const next = waiting.shift();
    if (next === undefined) free++;
    else next();
  };
  return {
    run: async (work, first = false) => {
      await take(first);
      try {
        return await work();
      } finally {
        give();
      }
    },
  };
}
