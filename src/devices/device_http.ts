/** Why a device was not understood or not reached. The words for people are in `reasons.ts`. */
export const OFFLINE_REASONS = [
  "timeout",
  "unreachable",
  "unresolved",
  "not_lan",
  "redirected",
  "http_error",
  "not_json",
  "not_wled",
  "too_large",
  "tls",
] as const;
export type OfflineReason = typeof OFFLINE_REASONS[number];

export interface DeviceRequest {
  readonly method?: "GET" | "POST";
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The whole exchange ends within this many milliseconds; 3000 when left out. */
  readonly ms?: number;
  /** No more than this is read; 65536 when left out. */
  readonly bytes?: number;
  /** Breaks the exchange off, which then counts as out of time. */
  readonly signal?: AbortSignal;
}

export interface DeviceFailure {
  readonly ok: false;
  readonly reason: OfflineReason;
  /** True when the device may have acted on the request all the same. */
  readonly sent: boolean;
}

export type DeviceAnswer =
  /** `text`: what `json` was read from. `ms`: from the beginning of the request to the end of the answer. */
  | { readonly ok: true; readonly json: unknown; readonly text: string; readonly ms: number }
  | DeviceFailure;

/**
 * One exchange of JSON with a device on the LAN. It connects only to an address that it has seen to be private,
 * link-local or loopback, follows no redirect, and sends no credentials. Never rejects.
 */
export interface DeviceHttp {
  request(url: string, request?: DeviceRequest): Promise<DeviceAnswer>;
}
