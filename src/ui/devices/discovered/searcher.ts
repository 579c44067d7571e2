import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../../base/api.ts";
import type { Discovered } from "../../base/messages.ts";
import type { Problem } from "../../base/problem.ts";

interface Answered {
  /** Who answered, and how many of them are not configured here. */
  readonly answered: number;
  readonly fresh: number;
}

export type Searching =
  | { readonly name: "idle" }
  | { readonly name: "running" | "ended" | "stopped" | "broken" } & Answered
  | { readonly name: "failed"; readonly problem: Problem };

/** Asks the network who is there, now. */
export interface Searcher {
  readonly state: ReadonlySignal<Searching>;
  start(): Promise<void>;
  /** What was found so far stays. */
  stop(): void;
  /** Says no more of a search that did not come to its end, e.g. when the server is there again. */
  forget(): void;
}

export interface SearcherDeps {
  readonly api: Pick<Api, "lines">;
  /** Hears each device that is not configured here. */
  readonly found: (device: Discovered) => void;
}

/** A line of the answer. */
type Line =
  | { readonly type: "device"; readonly device: Discovered; readonly configured: boolean }
  | { readonly type: "done"; readonly found: number };

/** The server searches for three seconds. */
const LONGEST_MS = 15_000;

export function createSearcher({ api, found }: SearcherDeps): Searcher {
  const state = signal<Searching>({ name: "idle" });
  let given: AbortController | undefined;
  const start = async () => {
    if (given !== undefined) return;
    const mine = given = new AbortController();
    let now: Answered = { answered: 0, fresh: 0 };
    let done = false;
    state.value = { name: "running", ...now };
    const hear = (line: Line) => {
      if (line.type === "done") done = true;
      if (line.type !== "device" || mine.signal.aborted) return;
      const isNew = !line.configured;
      now = { answered: now.answered + 1, fresh: now.fresh + (isNew ? 1 : 0) };
      state.value = { name: "running", ...now };
      if (isNew) found(line.device);
    };
    // The server sends each line by the schema that `Line` repeats.
    const result = await api.lines("/api/v1/devices/discover", {}, (line) => hear(line as Line), {
      signal: mine.signal,
      ms: LONGEST_MS,
    }).finally(() => given = undefined);
    if (mine.signal.aborted) state.value = { name: "stopped", ...now };
    else if (done) state.value = { name: "ended", ...now };
    // Where nothing came at all, the reason says more than that it broke off.
    else if (!result.ok && now.answered === 0) state.value = { name: "failed", problem: result.problem };
    else state.value = { name: "broken", ...now };
  };
  const forget = () => {
    const { name } = state.peek();
    if (name === "failed" || name === "broken") state.value = { name: "idle" };
  };
  return { state, start, stop: () => given?.abort(), forget };
}
