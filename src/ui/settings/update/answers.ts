/** What the server answers about its updates. */

export type UpdatePhase = "idle" | "checking" | "available" | "downloading" | "ready" | "applied";

export interface UpdateStatus {
  readonly supported: boolean;
  /** Why it is not supported, as a sentence. */
  readonly reason: string | null;
  readonly state: UpdatePhase;
  readonly version: string;
  readonly available: {
    readonly version: string;
    readonly notes: string;
    readonly released_at: string;
    /** In bytes. */
    readonly size: number;
  } | null;
  /** Somebody does not want this version. */
  readonly dismissed: boolean;
  /** In bytes. */
  readonly progress: { readonly received: number; readonly total: number } | null;
  /** Since the server started. */
  readonly checked_at: string | null;
  /** Why the last step failed, as a sentence. */
  readonly problem: string | null;
}

export interface UpdateSettings {
  readonly check_daily: boolean;
  readonly channel: "stable" | "pre";
}

export const UPDATE = "/api/v1/update";
