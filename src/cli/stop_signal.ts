import type { Edge } from "./edge.ts";
import { EXIT } from "./exit.ts";

/** Aborts at the first signal to stop; the second ends the process at once. */
export function stopSignal(edge: Edge): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    edge.onSignal(signal, () => {
      if (stop.signal.aborted) edge.exit(EXIT.failure);
      stop.abort();
    });
  }
  return stop.signal;
}
