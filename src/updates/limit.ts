import type { Turn } from "../audit/ports.ts";

/** Runs work whose signal aborts when the time (milliseconds) is up or the outer signal aborts. */
export async function within<T>(
  { turn, ms, outer }: { readonly turn: Turn; readonly ms: number; readonly outer: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const abort = () => limit.abort();
  const cancel = turn.delay(abort, ms);
  outer.addEventListener("abort", abort);
  if (outer.aborted) abort();
  try {
    return await work(limit.signal);
  } finally {
    cancel();
    outer.removeEventListener("abort", abort);
  }
}
