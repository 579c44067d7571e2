import type { Alive } from "./device_udp.ts";

/** Looks for several signs of life at once and ends with the first; without any, with what the first of them said. */
export async function firstAlive(
  signs: readonly ((signal: AbortSignal) => Promise<Alive>)[],
  signal: AbortSignal,
): Promise<Alive> {
  const enough = new AbortController();
  const abort = () => enough.abort();
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    const all = signs.map((sign) => sign(enough.signal));
    return await new Promise<Alive>((resolve, reject) => {
      for (const each of all) void each.then((alive) => alive.ok && resolve(alive), reject);
      void Promise.all(all).then(([first = NONE]) => resolve(first), reject);
    });
  } finally {
    signal.removeEventListener("abort", abort);
    abort();
  }
}

const NONE: Alive = { ok: false, reason: "unreachable", sent: false };
