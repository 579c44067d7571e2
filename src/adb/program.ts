/**
 * What the adb program did: it ended with a code, or it is `missing` here, did not end in time, wrote too much, or `failed`
 * to run.
 */
export type AdbRun =
  | { readonly ok: true; readonly code: number | null; readonly stdout: string; readonly stderr: string }
  | { readonly ok: false; readonly reason: "missing" | "timeout" | "too_much" | "failed" };

/** Runs this machine's adb, without a shell, to its end or to a time limit; the signal ends it at once. Never rejects. */
export type RunAdb = (args: readonly string[], signal: AbortSignal) => Promise<AdbRun>;
