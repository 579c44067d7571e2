import { z } from "zod";
import { defineAction } from "../audit/mod.ts";

/** Why a caller was turned away: stable words, part of what the log promises. */
export const REJECTION_REASONS = [
  "host_missing",
  "host_malformed",
  "host_foreign",
  "host_needs_key",
  "origin_malformed",
  "origin_foreign",
  "no_keys",
  "token_missing",
  "token_malformed",
  "token_unknown",
  "token_expired",
  "key_required",
  "role_too_low",
  "auth_late",
  "auth_malformed",
  "throttled",
] as const;
export type RejectionReason = typeof REJECTION_REASONS[number];

const keyMetadata = z.object({
  key_label: z.string(),
  role: z.enum(["viewer", "operator", "admin"]),
  via: z.enum(["cli"]).optional(),
});

export const authActions = {
  "auth.rejected": defineAction({
    category: "auth",
    severity: "warning",
    aboutEntity: false,
    label: "Caller turned away",
    when: "A caller was turned away: no or bad key, foreign host or origin, late socket authentication, role too low",
    metadata: z.object({
      reason: z.enum(REJECTION_REASONS),
      client: z.string(),
      suppressed: z.number().int().positive().optional(),
    }),
    message: ({ metadata: { client, reason, suppressed } }) =>
      suppressed === undefined
        ? `Rejected a caller at ${client} (${reason})`
        : `Rejected ${suppressed} more from ${client}`,
  }),
  "auth.ws_connected": defineAction({
    category: "auth",
    severity: "info",
    aboutEntity: false,
    label: "Live connection opened",
    when: "A WebSocket session was established",
    metadata: z.object({ client: z.string() }),
    message: ({ metadata }) => `Live connection from ${metadata.client}`,
  }),
  "auth.key_created": defineAction({
    category: "auth",
    severity: "warning",
    aboutEntity: false,
    label: "Key made",
    when: "An API key was made",
    metadata: keyMetadata,
    message: ({ metadata }) => `API key '${metadata.key_label}' created (${metadata.role})`,
  }),
  "auth.key_revoked": defineAction({
    category: "auth",
    severity: "warning",
    aboutEntity: false,
    label: "Key revoked",
    when: "An API key was revoked",
    metadata: keyMetadata,
    message: ({ metadata }) => `API key '${metadata.key_label}' revoked (${metadata.role})`,
  }),
};
