import { Cron } from "croner";

/** Calls at each time of the pattern (five fields, UTC) until the signal aborts. Never keeps the process alive. */
export type Schedule = (pattern: string, work: () => Promise<void>, signal: AbortSignal) => void;

/** A clock of this process, for runtimes that have none of their own. */
export const scheduleHere: Schedule = (pattern, work, signal) => {
  if (signal.aborted) return;
  const job = new Cron(pattern, { timezone: "UTC", unref: true }, work);
  signal.addEventListener("abort", () => job.stop(), { once: true });
};
