import { caughtUp, connectLive, type Logged } from "../support/live_client.ts";

/** A client that goes on, over any number of connections, after the last entry that it was sent. */
export interface Follower {
  /** All entries so far, in the order in which they came. */
  readonly seen: readonly Logged[];
  /** The seq of the last one. */
  last(): number;
  /** What was not as promised: an entry twice, out of order or missing, a gap or a reset. */
  readonly faults: readonly string[];
  connect(url: string, token?: string): ReturnType<typeof connectLive>;
  /** Connects, waits until it has all that is there, and leaves. */
  catchUp(url: string, token?: string): Promise<void>;
}

export function createFollower(afterSeq = 0): Follower {
  const seen: Logged[] = [];
  const faults: string[] = [];
  let logId: string | undefined;
  const last = () => seen.at(-1)?.seq ?? afterSeq;

  const onEntry = (logged: Logged) => {
    if (logged.seq !== last() + 1) faults.push(`seq ${logged.seq} came after ${last()}`);
    const before = seen.at(-1)?.entry.id ?? "";
    if (logged.entry.id <= before) faults.push(`id ${logged.entry.id} came after ${before}`);
    seen.push(logged);
  };
  const connect = async (url: string, token?: string) => {
    const client = await connectLive(url, { token, afterSeq: last(), logId, onEntry });
    logId = client.greeting.log_id;
    return client;
  };
  return {
    seen,
    last,
    faults,
    connect,
    catchUp: async (url, token) => {
      const client = await connect(url, token);
      const seq = await caughtUp(client);
      if (seq !== last()) faults.push(`caught up at ${seq}, but the last entry was ${last()}`);
      const odd = client.messages.filter(({ type }) => type === "gap" || type === "reset");
      faults.push(...odd.map((message) => JSON.stringify(message)));
      await client.close();
    },
  };
}
