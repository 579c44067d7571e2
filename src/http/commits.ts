/** The commits that one response waits for. */
export interface Commits {
  /** Takes one more; told by the recorder while the request runs. */
  readonly recorded: (committed: Promise<void>) => void;
  /** Resolves once nothing is under way any more; what is recorded afterwards holds up nobody and is not kept. */
  settled(): Promise<void>;
}

/** `report` hears of a commit that rejects: it must not break the audited action, nor pass unseen. */
export function createCommits(report: (error: unknown) => void): Commits {
  let pending: Promise<void>[] = [];
  let sent = false;
  return {
    recorded(committed) {
      const watched = committed.catch(report);
      if (!sent) pending.push(watched);
    },
    async settled() {
      while (pending.length > 0) {
        const batch = pending;
        pending = [];
        await Promise.all(batch);
      }
      sent = true;
    },
  };
}
