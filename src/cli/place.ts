import type { Clock } from "../audit/ports.ts";
import { reasonOf } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { Config } from "../config.ts";
import { forgetPort, keepPort, keptPort } from "../runtime/restart_port.ts";

/** Where the server listens: as configured, and with a port that was picked by chance there again after a restart. */
export interface Place {
  /** Listens by `listen`. Rejects with a sentence when it cannot. */
  take<T>(listen: (at: { readonly host: string; readonly port: number }) => Promise<T>): Promise<T>;
  /** For the start that follows soon. Never throws. */
  keep(port: number): void;
  /** Never throws. */
  forget(): void;
}

interface PlaceDeps {
  readonly config: Pick<Config, "host" | "port">;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Whoever took a port between two processes is waited for so long. */
const TAKEN_MS = 3000;
const AGAIN_MS = 100;

export function createPlace({ config: { host, port }, dataDir, clock, log }: PlaceDeps): Place {
  const quietly = (work: () => void) => {
    try {
      work();
    } catch (error) {
      log.warning("The next start may listen on another port", { reason: reasonOf(error) });
    }
  };
  return {
    take: async (listen) => {
      const kept = port === 0 ? keptPort(dataDir, clock.now()) : undefined;
      const at = { host, port: kept ?? port };
      const retries = kept === undefined ? 0 : TAKEN_MS / AGAIN_MS;
      for (let left = retries;; left--) {
        try {
          return await listen(at);
        } catch (error) {
          if (left <= 0) throw new Error(describe(at, kept !== undefined, error), { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    },
    keep: (taken) => port === 0 ? quietly(() => keepPort(dataDir, taken, clock.now())) : undefined,
    forget: () => quietly(() => forgetPort(dataDir)),
  };
}

function describe({ host, port }: { host: string; port: number }, kept: boolean, error: unknown): string {
  return `Cannot listen on ${host} port ${port}${kept ? ", which it had before its restart" : ""}: ${reasonOf(error)}`;
}
