import process from "node:process";
import type { ProcessFacts } from "../metrics/families.ts";

/** What this process says of itself. */
export const systemProcess = (): ProcessFacts => ({
  startedAt: performance.timeOrigin,
  residentBytes: () => process.memoryUsage().rss,
  elapsed: () => performance.now(),
});
