import type { LiveMessage } from "../base/messages.ts";
import { removalIn } from "./log_state.ts";

/** What was heard of entries that went from the log. */
export interface Removals {
  /** Whatever is up to this place is gone. */
  readonly through: number;
  /** The last time that all of it went; without who did it and when until that is told. */
  readonly cleared:
    | { readonly through: number; readonly by?: { readonly actor: string; readonly ts: string } }
    | undefined;
}

export const NO_REMOVALS: Removals = { through: 0, cleared: undefined };

/** The removals after a message; the same object where it says nothing of them. */
export function removalsAfter(known: Removals, message: LiveMessage): Removals {
  const beyond = (through: number) => Math.max(known.through, through);
  switch (message.type) {
    case "log_cleared": {
      const { up_to_seq: through } = message;
      // The entry may be told before or after.
      const cleared = (known.cleared?.through ?? -1) >= through ? known.cleared : { through };
      return { through: beyond(through), cleared };
    }
    case "gap":
      return { ...known, through: beyond(message.to_seq) };
    case "activity_logged": {
      const through = removalIn(message.entry);
      if (through === undefined) return known;
      const { action, actor, ts } = message.entry;
      const cleared = action === "activity_log.cleared" ? { through, by: { actor, ts } } : known.cleared;
      return { through: beyond(through), cleared };
    }
    case "reset":
      return NO_REMOVALS;
    default:
      return known;
  }
}
