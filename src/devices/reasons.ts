import { Refusal } from "../base/errors.ts";
import type { DeviceFailure, OfflineReason } from "./device_http.ts";

/** Why a device counts as offline, to follow a colon. */
const WORDS: Readonly<Record<OfflineReason, string>> = {
  timeout: "no answer in time",
  unreachable: "no connection",
  unresolved: "its name is not known in this network",
  not_lan: "its name leads out of the local network",
  redirected: "it answers with a redirect",
  http_error: "it answers with an error",
  not_json: "its answer is not JSON",
  not_wled: "its answer is not that of a WLED controller",
  too_large: "its answer is too long",
  tls: "no secure connection",
};

export const reasonWords = (reason: OfflineReason): string => WORDS[reason];

/** A failure of the device as the caller is told of it. What the device itself said stays out of it. */
export function failureOf(doing: string, { reason }: DeviceFailure): Refusal {
  const code = reason === "timeout" ? "device_timeout" : "device_failed";
  return new Refusal(code, `${doing}: ${WORDS[reason]}`, { extra: { reason } });
}
