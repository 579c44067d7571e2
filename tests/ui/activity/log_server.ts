import { type Entry, entryTest } from "../../../src/audit/mod.ts";
import { createFilterReader, LIST_QUERY } from "../../../src/activity/schemas.ts";
import { readQuery } from "../../../src/http/query.ts";
import type { Api } from "../../../src/ui/base/api.ts";
import type { LiveStatus } from "../../../src/ui/base/live.ts";
import type { LiveMessage } from "../../../src/ui/base/messages.ts";
import { type Result, UNREACHABLE } from "../../../src/ui/base/problem.ts";
import type { LogListDeps } from "../../../src/ui/activity/log_list.ts";
import { createRandom } from "../../support/random.ts";
import { entryIds, randomEntry } from "./entries.ts";

/** A log and its two ways out, as the server has them; answers and frames come when the test says so. */
export interface LogServer {
  readonly deps: LogListDeps;
  /** The log, oldest first. */
  entries(): readonly Entry[];
  append(count: number): void;
  /** Removes the oldest rows and says so on record, as a prune does. */
  prune(count: number): void;
  clear(): void;
  /** Which entities a filter by relation means from now on. */
  relate(ids: readonly string[]): void;
  connect(): void;
  disconnect(): void;
  /** From now on requests fail, or are answered again. */
  refuse(refused: boolean): void;
  /** Answers what was asked; without `all` only the oldest request. */
  answer(all?: boolean): Promise<void>;
  frame(): void;
  /** Answers and draws until nothing is left to do. */
  settle(): Promise<void>;
  readonly asked: () => number;
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

export function createLogServer({ entries = 0, seed = 1, live = true } = {}): LogServer {
  const random = createRandom(seed);
  const id = entryIds();
  let log: { readonly seq: number; readonly entry: Entry }[] = [];
  let head = 0;
  let refused = false;
  let related: readonly string[] = [];
  let sent: number | undefined;
  let status: LiveStatus = { name: "connecting" };
  const listeners = new Set<(message: LiveMessage) => void>();
  const waiting: { answer(): Promise<void> }[] = [];
  const frames = new Set<() => void>();
  let asked = 0;

  const tell = (message: LiveMessage) => listeners.forEach((listener) => listener(message));
  const follow = () => {
    if (status.name !== "live") return;
    for (const { seq, entry } of log) {
      if (seq <= (sent ?? 0)) continue;
      if (seq > (sent ?? 0) + 1) tell({ type: "gap", from_seq: (sent ?? 0) + 1, to_seq: seq - 1 });
      sent = seq;
      tell({ type: "activity_logged", seq, entry });
    }
  };
  const add = (change: Partial<Entry> = {}) => {
    head++;
    log.push({ seq: head, entry: { ...randomEntry(random, id(head)), ...change } });
  };
  const readFilter = createFilterReader({ tagged: () => Promise.resolve([]), related: () => Promise.resolve(related) });
  const page = async (path: string) => {
    const query = LIST_QUERY.parse(readQuery(new URL(path, "http://127.0.0.1").search, LIST_QUERY));
    const matches = entryTest(await readFilter(query));
    const all = log.filter(({ entry }) => matches(entry)).reverse();
    const below = all.filter(({ seq }) => seq < (query.before_seq ?? Infinity));
    const rows = below.slice(0, query.limit);
    const more = below.length > rows.length;
    return {
      entries: rows.map(({ entry }) => entry),
      next_before_seq: more ? rows.at(-1)!.seq : null,
      has_more: more,
      total: all.length,
      total_capped: false,
      partial: false,
    };
  };
  const get: Api["get"] = <T>(path: string, options?: { readonly signal?: AbortSignal }) => {
    asked++;
    return new Promise<Result<T>>((resolve) => {
      waiting.push({
        answer: async () => {
          const lost = refused || (options?.signal?.aborted ?? false);
          // A page of the log is what the list asks for.
          resolve(lost ? { ok: false, problem: UNREACHABLE } : { ok: true, value: await page(path) as T, etag: null });
        },
      });
    });
  };
  const deps: LogListDeps = {
    api: { get },
    live: {
      status: { peek: () => status },
      on: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    createFrame: (work) => {
      const run = () => {
        frames.delete(run);
        work();
      };
      return { request: () => void frames.add(run), cancel: () => void frames.delete(run) };
    },
    // A rest ends with the next frame.
    timer: {
      now: () => 0,
      after: (_ms, work) => {
        const run = () => {
          frames.delete(run);
          work();
        };
        frames.add(run);
        return () => void frames.delete(run);
      },
    },
  };
  const connect = () => {
    sent ??= head;
    status = { name: "live" };
    follow();
    tell({ type: "caught_up", seq: head });
  };
  const append = (count: number) => {
    for (let i = 0; i < count; i++) add();
    follow();
  };
  const answer = async (all = true) => {
    await Promise.all(waiting.splice(0, all ? waiting.length : 1).map(({ answer }) => answer()));
    await turn();
  };
  append(entries);
  if (live) connect();
  return {
    deps,
    entries: () => log.map(({ entry }) => entry),
    append,
    prune: (count) => {
      const through = log[count - 1]?.seq;
      if (through === undefined) return;
      log = log.slice(count);
      add({ category: "system", action: "activity_log.pruned", metadata: { deleted: count, up_to_seq: through } });
      follow();
    },
    clear: () => {
      const deleted = log.length;
      log = [];
      if (status.name === "live") {
        sent = head;
        tell({ type: "log_cleared", up_to_seq: head });
      }
      add({ category: "system", action: "activity_log.cleared", metadata: { deleted, up_to_seq: head } });
      follow();
    },
    relate: (ids) => void (related = ids),
    connect,
    disconnect: () => void (status = { name: "reconnecting", since: 0 }),
    refuse: (value) => void (refused = value),
    answer,
    frame: () => [...frames].forEach((work) => work()),
    settle: async () => {
      do {
        await answer();
        [...frames].forEach((work) => work());
        await turn();
      } while (waiting.length > 0 || frames.size > 0);
    },
    asked: () => asked,
  };
}
