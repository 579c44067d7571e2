import { z } from "zod";

/** Every type of message that a live client may be sent, beside those of the protocol itself. */
export const LIVE_MESSAGES = [
  "activity_logged",
  "log_cleared",
  "entity_changed",
  "device_health_changed",
  "device_state_changed",
  "device_discovered",
  "device_lost",
  "target_state_changed",
  "playlist_state_changed",
  "server_restarting",
] as const;

/** Messages about the stream itself. */
export const PROTOCOL_MESSAGES = ["auth_ok", "caught_up", "gap", "reset", "resync"] as const;

export type MessageType = typeof LIVE_MESSAGES[number] | typeof PROTOCOL_MESSAGES[number];

/** The first message of a client. */
export const AUTH_MESSAGE = z.object({
  type: z.literal("auth"),
  token: z.string().max(1024).optional(),
  after_seq: z.int().min(0).optional(),
  log_id: z.string().max(64).optional(),
  /** Which entries are wanted, by the names of the list's parameters; whoever knows these reads it. */
  filter: z.record(z.string(), z.unknown()).optional(),
});
export type AuthMessage = z.output<typeof AUTH_MESSAGE>;

/** Reads a first message; undefined when it is none. */
export function parseAuthMessage(data: unknown): AuthMessage | undefined {
  if (typeof data !== "string" || data.length > 4096) return undefined;
  try {
    return AUTH_MESSAGE.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined; // not JSON
  }
}
