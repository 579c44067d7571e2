import type { AdbRun, RunAdb } from "../../src/adb/program.ts";

/** A command that was begun and goes on until the test, or who gave it, ends it. */
export interface HeldCommand {
  readonly args: readonly string[];
  end(stdout: string, code?: number): void;
}

/** An adb whose commands go on. `most`: how many were under way at once. */
export function heldAdb(): {
  readonly runAdb: RunAdb;
  readonly held: readonly HeldCommand[];
  readonly most: () => number;
} {
  const held: HeldCommand[] = [];
  let most = 0;
  return {
    held,
    most: () => most,
    runAdb: (args, signal) => {
      if (signal.aborted) return Promise.resolve({ ok: false, reason: "failed" });
      return new Promise((resolve) => {
        const settle = (run: AdbRun) => {
          if (held.includes(command)) held.splice(held.indexOf(command), 1);
          resolve(run);
        };
        const command = { args, end: (stdout: string, code = 0) => settle({ ok: true, code, stdout, stderr: "" }) };
        held.push(command);
        most = Math.max(most, held.length);
        signal.addEventListener("abort", () => settle({ ok: false, reason: "failed" }));
      });
    },
  };
}
