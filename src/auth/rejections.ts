import { bindActions } from "../audit/mod.ts";
import type { Turn } from "../audit/ports.ts";
import type { Recorder } from "../audit/mod.ts";
import { createThrottle, type OutsiderLimits } from "../base/throttle.ts";
import { authActions, type RejectionReason } from "./actions.ts";
import type { Sender } from "./sender.ts";

/** Puts rejected callers on record, without letting them flood it. The rejection itself is the caller's. */
export interface Rejections {
  /** `actor`: who it was, where that is known. */
  reject(sender: Pick<Sender, "client" | "group">, reason: RejectionReason, actor?: string): void;
  /** Ends all windows now and records what they suppressed. */
  flush(): void;
}

export interface RejectionsDeps {
  readonly recorder: Pick<Recorder, "record">;
  readonly turn: Pick<Turn, "delay">;
  readonly limits: OutsiderLimits;
}

export function createRejections({ recorder, turn, limits }: RejectionsDeps): Rejections {
  const log = bindActions(recorder, authActions);
  const throttle = createThrottle<RejectionReason>({
    turn,
    limits,
    summarise: (group, suppressed) => {
      const client = group ?? "many addresses";
      log.record("auth.rejected", { actor: "anonymous", metadata: { reason: "throttled", client, suppressed } });
    },
  });
  return {
    reject: ({ client, group }, reason, actor = "anonymous") => {
      if (throttle.admits(group, reason)) log.record("auth.rejected", { actor, metadata: { reason, client } });
    },
    flush: throttle.flush,
  };
}
