import type { Entry, StoredEntry } from "./entry.ts";
import { pause } from "./pause.ts";
import type { Reader, Turn } from "./ports.ts";
import { readRowsAfter } from "./query_sql.ts";
import { createRing, entryFrame, type Ring } from "./ring.ts";
import { readLogState } from "./state_sql.ts";

/** Where messages go. `buffered` is what was sent and has not left yet, in bytes. */
export interface Sink {
  send(text: string): void;
  buffered(): number;
}

export type EntryTest = (entry: Entry) => boolean;

export interface Live {
  /** Entries, after their commit, in order. */
  publish(entries: readonly StoredEntry[]): void;
  /** A state message as JSON text, after what it tells of is stored. */
  announce(text: string): void;
  /**
   * Sends every entry after `afterSeq` exactly once and in order, and what is announced, until the signal aborts.
   * With `wanted`, entries that it refuses are passed over; a gap still means that entries were removed.
   */
  follow(sink: Sink, afterSeq: number, signal: AbortSignal, wanted?: EntryTest): Promise<void>;
  followers(): number;
}

/** Beyond this a client has to drain before more is sent; it then reads from the table what it missed. */
const BUFFER_LIMIT = 256 * 1024;
const TABLE_CHUNK = 200;
const SENT_PER_TURN = 256;
const DRAIN_POLL_MS = { first: 20, most: 1000 };

export function createLive(deps: { sql: Reader; turn: Turn }): Live {
  const ring = createRing({ frames: 1024, characters: 2_000_000 });
  const sleepers = new Set<() => void>();
  let followers = 0;
  const wakeAll = () => {
    const woken = [...sleepers];
    sleepers.clear();
    for (const wake of woken) wake();
  };
  return {
    publish: (entries) => {
      for (const entry of entries) ring.push(entryFrame(entry));
      if (entries.length > 0) wakeAll();
    },
    announce: (text) => {
      ring.push({ text, seq: undefined });
      wakeAll();
    },
    follow: async (sink, afterSeq, signal, wanted) => {
      followers++;
      try {
        await createFollower({ ...deps, ring, sleepers, wanted }, sink, afterSeq, signal).run();
      } finally {
        followers--;
      }
    },
    followers: () => followers,
  };
}

interface Shared {
  readonly sql: Reader;
  readonly turn: Turn;
  readonly ring: Ring;
  readonly sleepers: Set<() => void>;
  readonly wanted: EntryTest | undefined;
}

/** One client: a place in the ring, and the last seq it was sent. Everything else is shared. */
function createFollower(
  { sql, turn, ring, sleepers, wanted }: Shared,
  sink: Sink,
  afterSeq: number,
  signal: AbortSignal,
) {
  let position = ring.end();
  let sent = afterSeq;
  let sentThisTurn = 0;

  const send = async (text: string) => {
    sink.send(text);
    if (++sentThisTurn >= SENT_PER_TURN) await giveWay((wake) => turn.after(wake));
    for (let ms = DRAIN_POLL_MS.first; sink.buffered() > BUFFER_LIMIT && !signal.aborted; ms *= 2) {
      await pause(turn, Math.min(ms, DRAIN_POLL_MS.most), signal);
      sentThisTurn = 0;
    }
  };
  const giveWay = async (until: (wake: () => void) => void) => {
    await new Promise<void>(until);
    sentThisTurn = 0;
  };
  const sleep = () =>
    giveWay((wake) => {
      const stop = () => {
        sleepers.delete(stop);
        signal.removeEventListener("abort", stop);
        wake();
      };
      sleepers.add(stop);
      signal.addEventListener("abort", stop);
      if (signal.aborted || position < ring.end()) stop();
    });

  const sendEntry = async (seq: number, text: string) => {
    if (seq > sent + 1) await send(JSON.stringify({ type: "gap", from_seq: sent + 1, to_seq: seq - 1 }));
    sent = seq;
    if (!wanted || wanted(entryIn(text))) await send(text);
    else if (++sentThisTurn >= SENT_PER_TURN) await giveWay((wake) => turn.after(wake));
  };

  /** Everything the table has after what was sent. Rows that are gone show as a gap. */
  const readTable = async () => {
    while (!signal.aborted) {
      const rows = await readRowsAfter(sql, sent, TABLE_CHUNK);
      for (const { seq, entry } of rows) {
        if (signal.aborted) return;
        await sendEntry(seq, entryFrame({ seq, text: entry }).text);
      }
      if (rows.length < TABLE_CHUNK) break;
    }
    const { head } = await readLogState(sql);
    const [next] = await readRowsAfter(sql, sent, 1);
    if (head > sent && !next && !signal.aborted) {
      await send(JSON.stringify({ type: "gap", from_seq: sent + 1, to_seq: head }));
      sent = head;
    }
  };

  const readRing = async () => {
    while (!signal.aborted) {
      if (position < ring.start()) return false;
      const frame = ring.at(position);
      if (!frame) return true;
      if (frame.seq === undefined) await send(frame.text);
      else if (frame.seq > sent + 1) return false;
      else if (frame.seq === sent + 1) await sendEntry(frame.seq, frame.text);
      position++;
    }
    return true;
  };

  /** The ring has moved on: entries come from the table, and state messages that are gone are owned up to. */
  const catchUp = async () => {
    const missedState = position <= ring.lastDroppedState();
    position = Math.max(position, ring.start());
    await readTable();
    if (missedState && !signal.aborted) await send(JSON.stringify({ type: "resync" }));
  };

  return {
    run: async () => {
      await readTable();
      if (!signal.aborted) await send(JSON.stringify({ type: "caught_up", seq: sent }));
      while (!signal.aborted) {
        if (await readRing()) await sleep();
        else await catchUp();
      }
    },
  };
}

// Our own message: parsed, not validated again.
const entryIn = (text: string) => (JSON.parse(text) as { readonly entry: Entry }).entry;
