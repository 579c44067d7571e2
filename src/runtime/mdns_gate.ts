/** Packets in a second: of one sender, and of all of them. What is beyond is dropped before it is read. */
const PER_SENDER = 200;
const IN_TOTAL = 1000;
const WINDOW_MS = 1000;

/** Keeps whoever floods the network from keeping us busy. */
export function createGate(now: () => number): (sender: string) => boolean {
  let startedAt = -Infinity;
  let total = 0;
  const counts = new Map<string, number>();
  return (sender) => {
    if (Math.abs(now() - startedAt) >= WINDOW_MS) {
      startedAt = now();
      total = 0;
      counts.clear();
    }
    const count = counts.get(sender) ?? 0;
    if (total >= IN_TOTAL || count >= PER_SENDER) return false;
    total += 1;
    counts.set(sender, count + 1);
    return true;
  };
}
