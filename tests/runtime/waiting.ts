/** Far above anything a sound server needs: a limit against hanging, never a measure of speed. */
export const PATIENCE_MS = 60_000;

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Rejects, naming what was waited for, when it does not come. */
export async function within<T>(what: string, work: PromiseLike<T>, ms = PATIENCE_MS): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Waited ${ms} ms in vain for ${what}`)), ms);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks again and again until the answer is not undefined. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>, ms = PATIENCE_MS): Promise<T> {
  for (const end = performance.now() + ms; performance.now() < end;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(20);
  }
  throw new Error(`Waited ${ms} ms in vain for ${what}`);
}
