import { Refusal, type RefusalCode } from "../base/errors.ts";
import type { RejectionReason } from "./actions.ts";

/** What a rejected caller is told. */
const TOLD: Readonly<Record<RejectionReason, readonly [code: RefusalCode, message: string]>> = {
  host_missing: ["forbidden", "The request names no host"],
  host_malformed: ["forbidden", "The Host header is malformed"],
  host_foreign: ["forbidden", "This server does not answer to that host name; allow it with LUMENLOG_ALLOWED_HOSTS"],
  host_needs_key: ["forbidden", "Under a .local name an API key is needed"],
  origin_malformed: ["forbidden", "The Origin header is malformed"],
  origin_foreign: ["forbidden", "Pages of that origin may not call; allow it with LUMENLOG_ALLOWED_ORIGINS"],
  no_keys: ["unauthorized", "No API key exists yet: make the first one on the server itself, with `lumenlog keys add`"],
  token_missing: ["unauthorized", "An API key is needed: send it as `Authorization: Bearer …`"],
  token_malformed: ["unauthorized", "The Authorization header must be `Bearer` and one token"],
  token_unknown: ["unauthorized", "No API key has this token"],
  token_expired: ["unauthorized", "This API key has expired"],
  key_required: ["unauthorized", "This needs a real API key, on the server itself too: make one first"],
  role_too_low: ["forbidden", "The role of this API key is too low"],
  auth_late: ["unauthorized", "Authentication came too late"],
  auth_malformed: ["unauthorized", "The first message must be a valid `auth` message"],
  throttled: ["unauthorized", "Too many rejected calls"],
};

export function refusalFor(reason: RejectionReason): Refusal {
  const [code, message] = TOLD[reason];
  return new Refusal(code, message, { extra: { reason } });
}
