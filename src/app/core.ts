import { type AuditEngine, createAuditEngine } from "../audit/mod.ts";
import type { Clock, Entropy, Sql, Turn } from "../audit/ports.ts";
import { type ActorContext, createActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import { createUlids } from "../base/ulid.ts";
import type { Host } from "./host.ts";

/** What every part of the server is built with. */
export interface Core {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly turn: Turn;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly context: ActorContext;
  readonly audit: AuditEngine;
  readonly recorder: AuditEngine["recorder"];
  readonly newId: () => string;
  /** Tells every live client. */
  readonly announce: (message: object) => void;
}

export async function createCore({ sql, clock, turn, entropy, log }: Host): Promise<Core> {
  const context = createActorContext();
  const audit = await createAuditEngine({ sql, clock, turn, entropy, scope: context.current });
  return {
    sql,
    clock,
    turn,
    entropy,
    log,
    context,
    audit,
    recorder: audit.recorder,
    newId: createUlids({ clock, entropy }),
    announce: (message) => audit.live.announce(JSON.stringify(message)),
  };
}
