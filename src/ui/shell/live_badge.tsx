import { clockTime } from "../base/format.ts";
import type { LiveStatus } from "../base/live.ts";
import { useUi } from "../ui.ts";

const wordsFor = (status: LiveStatus): string => {
  switch (status.name) {
    case "live":
      return "Live";
    case "connecting":
      return "Connecting";
    case "reconnecting":
      return `Reconnecting, away since ${clockTime(new Date(status.since).toISOString())}`;
    case "stopped":
      return "Not connected";
  }
};

/** Whether what is shown is what is: always in sight, and honest. */
export function LiveBadge() {
  const { live } = useUi();
  const status = live.status.value;
  // Then it is said in another place, with the reason.
  const isTold = live.leaving.value !== undefined;
  return (
    <p class={`live-badge live-${status.name}`} role={isTold ? undefined : "status"}>
      <span class="live-dot" aria-hidden="true" />
      <span>{wordsFor(status)}</span>
      {status.name === "reconnecting" && !isTold && (
        <button type="button" class="quiet" onClick={live.retry}>Try now</button>
      )}
    </p>
  );
}
