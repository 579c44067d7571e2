import type { StoredEntry } from "./entry.ts";

/** One message that every live client gets; entries have their `seq`, state messages have none. */
export interface Frame {
  readonly text: string;
  readonly seq: number | undefined;
}

/** The newest messages, shared by all clients, so that a client costs a position and not a queue. */
export interface Ring {
  push(frame: Frame): void;
  at(index: number): Frame | undefined;
  /** The position of the oldest message that is kept. */
  start(): number;
  /** The position that the next message will have. */
  end(): number;
  /** The position of the newest state message that is no longer kept, or -1. */
  lastDroppedState(): number;
}

export function createRing(limits: { readonly frames: number; readonly characters: number }): Ring {
  let frames: Frame[] = [];
  let first = 0; // place of the oldest kept message in `frames`
  let start = 0;
  let characters = 0;
  let lastDroppedState = -1;

  const dropOldest = () => {
    const dropped = frames[first]!;
    if (dropped.seq === undefined) lastDroppedState = start;
    characters -= dropped.text.length;
    first++;
    start++;
    if (first < limits.frames) return;
    frames = frames.slice(first);
    first = 0;
  };
  return {
    push: (frame) => {
      frames.push(frame);
      characters += frame.text.length;
      while (frames.length - first > limits.frames || (characters > limits.characters && frames.length - first > 1)) {
        dropOldest();
      }
    },
    at: (index) => index < start ? undefined : frames[first + index - start],
    start: () => start,
    end: () => start + frames.length - first,
    lastDroppedState: () => lastDroppedState,
  };
}

export const entryFrame = ({ seq, text }: StoredEntry): Frame => ({
  seq,
  text: `{"type":"activity_logged","seq":${seq},"entry":${text}}`,
});
