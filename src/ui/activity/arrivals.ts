import type { Entry } from "../../audit/mod.ts";
import type { CreateFrame } from "./frame.ts";
import { type Row, rowOf } from "./row.ts";

/** Live entries on their way into a list: gathered, and taken in once per drawn frame. */
export interface Arrivals {
  add(seq: number, entry: Entry): void;
  /** Keeps what comes until `resume`; so it begins. */
  pause(): void;
  /** False when more came meanwhile than could be kept: then some of it is gone. */
  resume(): boolean;
  /** Forgets what came and was not taken in. */
  drop(): void;
}

export interface ArrivalsDeps {
  readonly matches: (entry: Entry) => boolean;
  readonly take: (newestFirst: readonly Row[]) => void;
  readonly createFrame: CreateFrame;
}

/** So many are judged in one frame; what is left waits for the next. */
const PER_FRAME = 1000;
const MOST = 20_000;

export function createArrivals({ matches, take, createFrame }: ArrivalsDeps): Arrivals {
  let queue: { readonly seq: number; readonly entry: Entry }[] = [];
  let lost = false;
  let paused = true;
  const frame = createFrame(() => {
    const now = queue.splice(0, PER_FRAME);
    if (queue.length > 0) frame.request();
    const rows = now.filter(({ entry }) => matches(entry)).map(({ seq, entry }) => rowOf(entry, seq)).reverse();
    if (rows.length > 0) take(rows);
  });
  return {
    add: (seq, entry) => {
      queue.push({ seq, entry });
      if (!paused) return frame.request();
      if (queue.length <= MOST) return;
      queue = [];
      lost = true;
    },
    pause: () => {
      paused = true;
      frame.cancel();
    },
    resume: () => {
      const complete = !lost;
      lost = false;
      paused = false;
      if (queue.length > 0) frame.request();
      return complete;
    },
    drop: () => {
      queue = [];
      lost = false;
      frame.cancel();
    },
  };
}
