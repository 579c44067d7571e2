import type { Refusal } from "../base/errors.ts";
import type { Access, Caller, Role } from "../http/route.ts";
import type { AccessConfig } from "./access_config.ts";
import type { RejectionReason } from "./actions.ts";
import { type Bearer, parseBearer } from "./bearer.ts";
import { checkFrontier, type Reach } from "./frontier.ts";
import type { Keys } from "./keys.ts";
import { refusalFor } from "./refusals.ts";
import type { Rejections } from "./rejections.ts";
import { findSender, type Peer, type Sender } from "./sender.ts";

export interface Attempt {
  readonly headers: Headers;
  readonly peer: Peer;
  /** What the route asks for; null where there is no such route, which is told to valid callers only. */
  readonly access: Access | null;
}

export type Denied = { readonly ok: false; readonly refusal: Refusal; readonly reason: RejectionReason };
export type Decision = { readonly ok: true; readonly caller: Caller } | Denied;

/** Decides who may do what. Every rejection is put on record, throttled. */
export interface AccessControl {
  /** Host, then origin, then key, then role. */
  authorize(attempt: Attempt): Decision;
  /** A WebSocket before its first message: host and origin alone. */
  authorizeSocket(headers: Headers, peer: Peer): { readonly ok: true } | Denied;
  /** The token of a WebSocket's first message, with the headers and peer that it was opened with. */
  authorizeToken(token: string | undefined, headers: Headers, peer: Peer, access?: Access): Decision;
  /** A WebSocket whose first message came late or was none. */
  denySocket(reason: "auth_late" | "auth_malformed", headers: Headers, peer: Peer): Denied;
}

export interface AccessDeps {
  readonly keys: Pick<Keys, "authenticate" | "any">;
  readonly rejections: Pick<Rejections, "reject">;
  readonly config: AccessConfig;
}

type Identified = { readonly ok: true; readonly caller: Caller } | {
  readonly ok: false;
  readonly reason: RejectionReason;
};

const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, admin: 2 };

export function createAccess({ keys, rejections, config }: AccessDeps): AccessControl {
  function deny(sender: Sender, reason: RejectionReason, actor?: string): Denied {
    rejections.reject(sender, reason, actor);
    return { ok: false, refusal: refusalFor(reason), reason };
  }

  function decide({ headers, peer, access }: Attempt, bearer: Bearer): Decision {
    const sender = findSender(headers, peer, config.trustedProxies);
    const crossing = checkFrontier(headers, sender, config);
    if (!crossing.ok) return deny(sender, crossing.reason);
    if (access?.who === "anyone") return { ok: true, caller: nobody(sender) };
    const found = identify(bearer, crossing.reach, sender, keys);
    if (!found.ok) return deny(sender, found.reason);
    const lack = access === null ? undefined : findLack(found.caller, access.who, access.key === true);
    return lack === undefined ? found : deny(sender, lack, found.caller.actor);
  }

  return {
    authorize: (attempt) => decide(attempt, parseBearer(attempt.headers)),
    authorizeSocket: (headers, peer) => {
      const sender = findSender(headers, peer, config.trustedProxies);
      const crossing = checkFrontier(headers, sender, config);
      return crossing.ok ? { ok: true } : deny(sender, crossing.reason);
    },
    authorizeToken: (token, headers, peer, access = { who: "viewer" }) =>
      decide({ headers, peer, access }, token === undefined ? { kind: "none" } : { kind: "token", token }),
    denySocket: (reason, headers, peer) => deny(findSender(headers, peer, config.trustedProxies), reason),
  };
}

const nobody = ({ client }: Sender): Caller => ({ actor: "anonymous", role: null, key: false, client });

/** Who is calling: the holder of a key or, while none exists, whoever sits at this machine. */
function identify(bearer: Bearer, reach: Reach, sender: Sender, keys: AccessDeps["keys"]): Identified {
  if (bearer.kind === "malformed") return { ok: false, reason: "token_malformed" };
  if (bearer.kind === "none") {
    if (reach === "mdns") return { ok: false, reason: "host_needs_key" };
    if (keys.any()) return { ok: false, reason: "token_missing" };
    if (!sender.local || reach !== "loopback") return { ok: false, reason: "no_keys" };
    return { ok: true, caller: { ...nobody(sender), role: "admin" } };
  }
  const key = keys.authenticate(bearer.token);
  if (key === undefined) return { ok: false, reason: keys.any() ? "token_unknown" : "no_keys" };
  if (key === "expired") return { ok: false, reason: "token_expired" };
  return { ok: true, caller: { actor: key.label, role: key.role, key: true, client: sender.client } };
}

/** What the caller lacks for the route, if anything. */
function findLack(caller: Caller, least: Role, realKey: boolean): "key_required" | "role_too_low" | undefined {
  if (realKey && !caller.key) return "key_required";
  return caller.role !== null && RANK[caller.role] >= RANK[least] ? undefined : "role_too_low";
}
