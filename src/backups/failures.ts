import { StorageUnavailable } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { BackupTools } from "./tools.ts";

/** A file that is not what it would have to be, in words for whoever brought it. */
export class Unsound extends Error {
  override readonly name = "Unsound";
}

/** What goes wrong with files becomes something to tell the caller; `what` as in "Cannot make a backup". */
export interface Failures {
  explain<T>(what: string, work: () => Promise<T>): Promise<T>;
}

interface Deps {
  readonly tools: Pick<BackupTools, "isDiskFull">;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export function createFailures({ tools, log, signal }: Deps): Failures {
  const refusalFor = (what: string, error: unknown): unknown => {
    if (error instanceof Unsound) return new Refusal("invalid", `Cannot ${what}: ${error.message}`);
    if (error instanceof Refusal || error instanceof StorageUnavailable) return error;
    if (signal.aborted) return new Refusal("unavailable", `Cannot ${what}: the server is stopping`, { cause: error });
    const full = tools.isDiskFull(error);
    // The text of the system's error may hold a path, which is nobody's business but the operator's.
    log.error(`Cannot ${what}`, { error: error instanceof Error ? error.message : String(error) });
    const reason = full ? "the disk is full" : "its files cannot be read or written";
    return new Refusal("unavailable", `Cannot ${what}: ${reason}`, { cause: error });
  };
  return {
    explain: async (what, work) => {
      try {
        return await work();
      } catch (error) {
        throw refusalFor(what, error);
      }
    },
  };
}
