/**
 * Aborts when the time is up or the caller gives up, whichever is first. To be cancelled when the work is done, which lets
 * go whatever still waits.
 */
export function createLimit(ms: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, ms);
  outer?.addEventListener("abort", abort, { once: true });
  if (outer?.aborted) abort();
  const cancel = () => {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
    abort();
  };
  return { signal: controller.signal, cancel };
}

/** Undefined when the work fails or the signal comes first. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const end = (value?: T) => {
      signal.removeEventListener("abort", late);
      resolve(value);
    };
    const late = () => end();
    signal.addEventListener("abort", late);
    if (signal.aborted) late();
    work.then(end, late);
  });
}
