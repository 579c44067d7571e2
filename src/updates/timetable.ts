import type { Entropy, Turn } from "../audit/ports.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** So long after the start it is first looked for a version: a start has more important things to do. */
const FIRST = { ms: 2 * MINUTE_MS, spread: 8 * MINUTE_MS };
/** Servers that started together, after a power cut, do not ask together for ever. */
const AGAIN = { ms: DAY_MS - 60 * MINUTE_MS, spread: 120 * MINUTE_MS };

/** Calls some minutes from now and then about once a day, until the signal aborts. The work never rejects. */
export function startDaily(
  { turn, entropy }: { readonly turn: Turn; readonly entropy: Entropy },
  work: () => Promise<void>,
  signal: AbortSignal,
): void {
  let cancel = () => {};
  const plan = ({ ms, spread }: { readonly ms: number; readonly spread: number }) => {
    if (signal.aborted) return;
    const [high = 0, low = 0] = entropy.bytes(2);
    cancel = turn.delay(() => void work().finally(() => plan(AGAIN)), ms + (spread * (high * 256 + low)) / 65_536);
  };
  signal.addEventListener("abort", () => cancel(), { once: true });
  plan(FIRST);
}
