import type { AccessConfig } from "./access_config.ts";
import type { RejectionReason } from "./actions.ts";
import { classifyHost } from "./host.ts";
import { checkOrigin, ownOrigin } from "./origin.ts";
import type { Sender } from "./sender.ts";

/** What the name that was called allows: `loopback` may be anonymous, under `mdns` a key is needed. */
export type Reach = "loopback" | "known" | "mdns";

export type Crossing =
  | { readonly ok: true; readonly reach: Reach }
  | { readonly ok: false; readonly reason: RejectionReason };

/** Which name was called, and by a page of which origin. */
export function checkFrontier(headers: Headers, sender: Pick<Sender, "secure">, config: AccessConfig): Crossing {
  const host = classifyHost(headers.get("host"), { own: config.hostNames, allowed: config.allowedHosts });
  if (!host.ok) return host;
  const own = ownOrigin(host.host, sender.secure);
  const origin = checkOrigin(headers.get("origin"), own, config.allowedOrigins);
  return origin.ok ? { ok: true, reach: host.kind } : origin;
}
