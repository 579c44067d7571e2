import type { ReadFilter } from "../activity/schemas.ts";
import { FILTER } from "../activity/schemas.ts";
import { bindActions, entryTest, type LogSettings } from "../audit/mod.ts";
import { createAccess } from "../auth/access.ts";
import { authActions } from "../auth/actions.ts";
import { createKeys, type Keys } from "../auth/keys.ts";
import { createRejections } from "../auth/rejections.ts";
import { keyRoutes, sessionRoutes } from "../auth/routes.ts";
import { createDailyBudget } from "../base/daily_budget.ts";
import { createWindows, type OutsiderLimits } from "../base/throttle.ts";
import { eventRoutes } from "../events/routes.ts";
import { createSessions, type Sessions } from "../events/sessions.ts";
import type { Authorize } from "../http/authorize.ts";
import type { Route } from "../http/route.ts";
import type { Core } from "./core.ts";
import type { Host } from "./host.ts";

/** Who may come in: keys, rejections and live sockets. */
export interface Door {
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly authorize: Authorize;
  /** What those without a key may still cause to be recorded. */
  readonly limits: OutsiderLimits;
  readonly routes: readonly Route[];
  /** Whether the key of this label may still be used. */
  stands(label: string): boolean;
  start(signal: AbortSignal): void;
  /** Records what is not yet. */
  stop(): Promise<void>;
}

/** Callers without a key may cause a hundredth of what the log keeps in a day; of a log without limit, of its largest. */
const outsidersPerDay = ({ maxEntries }: LogSettings) => Math.floor((maxEntries ?? 10_000_000) / 100);

export async function createDoor(core: Core, host: Host, readFilter: ReadFilter): Promise<Door> {
  const { recorder, clock, audit } = core;
  const keys = createKeys({ ...core, declared: host.declaredKeys });
  await keys.load();
  const limits: OutsiderLimits = {
    windows: createWindows(core.turn),
    budget: createDailyBudget({ clock, perDay: () => outsidersPerDay(audit.settings.current()) }),
  };
  const rejections = createRejections({ ...core, limits });
  const access = createAccess({ keys, rejections, config: host.access });
  const log = bindActions(recorder, authActions);
  const sessions = createSessions({
    ...core,
    gate: access,
    connected: (client) => log.record("auth.ws_connected", { metadata: { client } }),
    expiryOf: (actor) => expiryOf(keys, actor),
    live: audit.live,
    testOf: async (given) => {
      const parsed = FILTER.safeParse(given);
      return parsed.success ? entryTest(await readFilter(parsed.data)) : undefined;
    },
    head: audit.head,
    logId: audit.logId,
  });
  keys.onRevoked((label) => {
    sessions.closeActor(label);
    void audit.exports.cut(label).catch(() => undefined); // counted as lost by whoever stores it
  });
  return {
    keys,
    sessions,
    authorize: access.authorize,
    limits,
    routes: [...eventRoutes(), ...sessionRoutes(), ...keyRoutes({ keys })],
    stands: (label) => {
      const known = keys.list().some((key) => key.label === label);
      return known && (expiryOf(keys, label) ?? Infinity) > clock.now();
    },
    start: keys.start,
    stop: async () => {
      rejections.flush();
      await keys.flushLastUse();
    },
  };
}

/** Milliseconds since 1970; undefined for never. */
function expiryOf(keys: Keys, label: string): number | undefined {
  const expiresAt = keys.list().find((key) => key.label === label)?.expiresAt;
  return expiresAt ? Date.parse(expiresAt) : undefined;
}
