import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { useUi } from "../../ui.ts";
import { type AnswerOfMany, type InParts, inParts, type Outcome } from "./in_parts.ts";

export interface Work<Item> extends Pick<InParts<Item>, "ids" | "size"> {
  readonly method: "POST" | "PUT";
  readonly path: string;
  /** Without the ids. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Whoever asks for it tells of it: neither progress nor outcome shows here. */
  readonly quiet?: boolean;
  /** Hears what came of each part. */
  readonly heard?: (items: AnswerOfMany<Item>["items"]) => void;
}

/** Something that is done to many. */
export interface Many<Item = unknown> {
  /** How many are done, of how many; undefined while nothing is under way. */
  readonly progress: ReadonlySignal<{ readonly done: number; readonly total: number } | undefined>;
  /** What became of the last. */
  readonly outcome: ReadonlySignal<Outcome | undefined>;
  /** One at a time is for the caller to see to. */
  run(work: Work<Item>): Promise<Outcome>;
  /** What is under way is still done. */
  stop(): void;
  dismiss(): void;
}

const LONGEST_MS = 60_000;

/** Ends with the view. */
export function useMany<Item = unknown>(): Many<Item> {
  const { api } = useUi();
  const progress = useSignal<{ done: number; total: number } | undefined>(undefined);
  const outcome = useSignal<Outcome | undefined>(undefined);
  const given = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => given.current?.abort(), []);
  const run = async ({ ids, size, method, path, body, heard, quiet = false }: Work<Item>) => {
    const { signal } = given.current = new AbortController();
    const show = (done: number) => {
      if (!quiet) progress.value = { done, total: ids.length };
    };
    if (!quiet) outcome.value = undefined;
    show(0);
    const result = await inParts<Item>({
      ids,
      size,
      signal,
      send: (part) => api.send<AnswerOfMany<Item>>(method, path, { ...body, ids: part }, { ms: LONGEST_MS }),
      progress: ({ done, failed }, items) => {
        heard?.(items);
        show(done + failed.length);
      },
    });
    progress.value = undefined;
    if (!quiet) outcome.value = result;
    return result;
  };
  return {
    progress,
    outcome,
    run,
    stop: () => given.current?.abort(),
    dismiss: () => outcome.value = undefined,
  };
}
