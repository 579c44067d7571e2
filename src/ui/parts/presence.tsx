import { presenceWords } from "./presence_words.ts";
import { useIsCurrent } from "./use_is_current.ts";

export interface PresenceProps {
  /** Null until the first check. */
  readonly online: boolean | null;
  readonly reason?: string | null;
}

/** Online, offline with the reason, or not checked: by shape, colour and word; grey while nothing more is heard. */
export function Presence({ online, reason = null }: PresenceProps) {
  const isCurrent = useIsCurrent();
  const state = online === null || !isCurrent ? "unknown" : online ? "online" : "offline";
  return (
    <span class={`presence presence-${state}`}>
      <span class="presence-mark" aria-hidden="true" />
      <span>{presenceWords(online, reason, isCurrent)}</span>
    </span>
  );
}
