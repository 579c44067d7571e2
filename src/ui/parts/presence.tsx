/** Why a device counts as offline, in words. */
const REASONS: Readonly<Record<string, string>> = {
  timeout: "no answer in time",
  unreachable: "cannot be reached",
  unresolved: "its name is not known on the network",
  not_lan: "its name leads out of the network",
  redirected: "it points elsewhere",
  http_error: "it answers with an error",
  not_json: "its answer cannot be read",
  not_wled: "it does not answer like a WLED",
  too_large: "its answer is too large",
  tls: "its certificate is not accepted",
};

export const offlineReason = (reason: string | null): string | undefined =>
  reason === null ? undefined : REASONS[reason] ?? reason.replaceAll("_", " ");

export interface PresenceProps {
  /** Null until the first check. */
  readonly online: boolean | null;
  readonly reason?: string | null;
}

/** Online, offline with the reason, or not checked: by shape, colour and word. */
export function Presence({ online, reason = null }: PresenceProps) {
  const why = offlineReason(reason);
  const state = online === null ? "unknown" : online ? "online" : "offline";
  const words = online === null ? "Not checked yet" : online ? "Online" : "Offline";
  return (
    <span class={`presence presence-${state}`}>
      <span class="presence-mark" aria-hidden="true" />
      <span>{state === "offline" && why !== undefined ? `${words}: ${why}` : words}</span>
    </span>
  );
}
