import type { Clock, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import type { Setting } from "../base/setting.ts";
import type { Backup, Shelf } from "./shelf.ts";

/** Keys as they are stored. */
export interface AutoBackup extends Readonly<Record<string, string | number | boolean | null>> {
  readonly enabled: boolean;
  readonly interval_hours: number;
  /** How many automatic ones stay. */
  readonly max_backups: number;
}

export const AUTO_BACKUP_DEFAULTS: AutoBackup = { enabled: false, interval_hours: 24, max_backups: 10 };

const CHECK_MS = 60_000;
const HOUR_MS = 3_600_000;
const LEAST_APART_MS = 5 * 60_000;

/** Counted, not timed: the clock may leap. */
const CHECKS_AFTER_FAILURE = HOUR_MS / CHECK_MS;

interface Deps {
  readonly settings: Setting<AutoBackup>;
  readonly shelf: Pick<Shelf, "list" | "keepNewest">;
  readonly make: (kind: "automatic") => Promise<Backup>;
  readonly busy: () => boolean;
  readonly context: Pick<ActorContext, "runAsSystem">;
  readonly clock: Clock;
  readonly turn: Pick<Turn, "delay">;
  readonly log: Log;
}

/** Makes a backup whenever one is due, looked at each minute, and lets the oldest go. */
export function createAutomatic({ settings, shelf, make, busy, context, clock, turn, log }: Deps) {
  let waitChecks = 0;

  const check = async (): Promise<void> => {
    if (waitChecks > 0) waitChecks--;
    const { enabled, interval_hours: hours, max_backups: most } = settings.current();
    if (!enabled || waitChecks > 0 || busy()) return;
    try {
      if (!isDue(await shelf.list(), hours * HOUR_MS, clock.now())) return;
      const { filename } = await make("automatic");
      log.info("Backup made", { filename });
      // By the clock it need not be the newest: the others may be from a time when that was ahead.
      await shelf.keepNewest("automatic", most, [filename]);
    } catch (error) {
      waitChecks = CHECKS_AFTER_FAILURE;
      log.error("No automatic backup; it is tried again in an hour", { error: String(error) });
    }
  };

  return {
    start: (signal: AbortSignal): void => {
      let cancel = () => {};
      const next = () => {
        if (signal.aborted) return;
        cancel = turn.delay(() => void context.runAsSystem(check).then(next, next), CHECK_MS);
      };
      signal.addEventListener("abort", () => cancel(), { once: true });
      next();
    },
  };
}

/**
 * Due when nobody made one for the interval, and never within five minutes of any. What was made later than now, by a clock
 * that was ahead, counts as made now; but not if it is ahead by more than the interval, or nothing would be made for years.
 */
export function isDue(
  backups: readonly Pick<Backup, "kind" | "createdAt">[],
  intervalMs: number,
  now: number,
): boolean {
  const ages = (kinds: readonly string[]) =>
    backups.filter(({ kind }) => kinds.includes(kind)).map(({ createdAt }) => now - createdAt)
      .filter((age) => age >= -intervalMs).map((age) => Math.max(0, age));
  const sinceMade = Math.min(...ages(["automatic", "manual"]));
  const sinceAny = Math.min(...ages(["automatic", "manual", "uploaded", "safety"]));
  return sinceMade >= intervalMs && sinceAny >= LEAST_APART_MS;
}
