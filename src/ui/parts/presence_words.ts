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

const offlineReason = (reason: string): string => REASONS[reason] ?? reason.replaceAll("_", " ");

/** How a device is; with `isCurrent` false how it was when something was last heard. `online` is null until the first check. */
export function presenceWords(online: boolean | null, reason: string | null, isCurrent: boolean): string {
  if (online === null) return "Not checked yet";
  const why = online || reason === null ? "" : `: ${offlineReason(reason)}`;
  if (!isCurrent) return `Last known: ${online ? "online" : "offline"}${why === "" ? "" : `,${why.slice(1)}`}`;
  return `${online ? "Online" : "Offline"}${why}`;
}
