import { effect } from "@preact/signals";
import type { Live } from "../base/live.ts";
import type { Router } from "../base/router.ts";
import { type KeptLog, removalIn } from "./log_state.ts";

/** A list as it was left. */
export interface KeptList {
  readonly log: KeptLog;
  /** How far down the page was, in pixels. */
  readonly top: number;
}

/** The lists that were left a moment ago, for who comes back to them by the browser's back key. */
export interface KeptLists {
  keep(key: string, list: KeptList): void;
  /** The list of a filter, once; only after a step back or forward, and only while it is young. */
  take(key: string): KeptList | undefined;
  clear(): void;
}

export interface KeptListsDeps {
  readonly live: Pick<Live, "on">;
  readonly now: () => number;
  /** Tells of each move to another address; `step` when it is one through the browser's history. */
  readonly onMove: (heard: (move: { readonly step: boolean }) => void) => void;
}

const YOUNG_MS = 60_000;
const MOST = 5;

export function createKeptLists({ live, now, onMove }: KeptListsDeps): KeptLists {
  const kept = new Map<string, KeptList & { readonly at: number }>();
  let stepped = false;
  onMove(({ step }) => void (stepped = step));
  live.on((message) => {
    const removed = message.type === "activity_logged" && removalIn(message.entry) !== undefined;
    if (removed || FORGETTING.includes(message.type)) kept.clear();
  });
  return {
    keep: (key, list) => {
      kept.delete(key);
      kept.set(key, { ...list, at: now() });
      for (const oldest of [...kept.keys()].slice(0, -MOST)) kept.delete(oldest);
    },
    take: (key) => {
      const list = kept.get(key);
      kept.delete(key);
      return list !== undefined && stepped && now() - list.at < YOUNG_MS ? list : undefined;
    },
    clear: () => kept.clear(),
  };
}

/** After these the log is no longer what a kept list shows. */
const FORGETTING: readonly string[] = ["gap", "log_cleared", "reset"];

/** The moves of this window. A listener that captures hears of a step before the router does, the other one after. */
export const movesOf = ({ location }: Pick<Router, "location">): KeptListsDeps["onMove"] => (heard) => {
  let step = false;
  addEventListener("popstate", () => void (step = true), { capture: true });
  addEventListener("popstate", () => void (step = false));
  effect(() => location.value && heard({ step }));
};
