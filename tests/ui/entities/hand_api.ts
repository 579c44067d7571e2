import type { Result } from "../../../src/ui/base/problem.ts";

/** Readings that are answered when the test says so, in any order. */
export function createHandApi() {
  const asked: ((result: Result<unknown>) => void)[] = [];
  return {
    asked,
    get: <T>() => {
      const { promise, resolve } = Promise.withResolvers<Result<unknown>>();
      asked.push(resolve);
      return promise as Promise<Result<T>>; // the test answers what is asked for
    },
    answer: async (at: number, value: unknown, etag: string | null = null) => {
      asked[at]?.({ ok: true, value, etag });
      await settled();
    },
  };
}

/** Until all that follows from what has just happened has happened too. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
