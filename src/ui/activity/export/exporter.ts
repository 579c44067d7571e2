import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "../../base/api.ts";
import { type Problem, UNREACHABLE } from "../../base/problem.ts";
import type { Timer } from "../../base/timer.ts";
import { type Filter, filterQuery } from "../filter.ts";

export const FORMATS = ["csv", "json", "ndjson"] as const;
export type Format = typeof FORMATS[number];

export interface Wanted {
  readonly format: Format;
  readonly filter: Filter;
  /** How many entries matched when it was asked for; undefined where that was not known. */
  readonly total?: number | undefined;
}

export type ExportState =
  | { readonly name: "idle" }
  /** The file is on its way; `rows` so far. */
  | { readonly name: "running"; readonly rows: number }
  | { readonly name: "complete"; readonly rows: number; readonly sha256: string }
  /** The file ended too early, or was never fetched. */
  | { readonly name: "broken"; readonly rows: number }
  | { readonly name: "failed"; readonly problem: Problem };

/** One export at a time: the browser fetches the file, the server says how far it is and what it must be. */
export interface Exporter {
  readonly state: ReadonlySignal<ExportState>;
  /** What was asked for last. */
  readonly wanted: ReadonlySignal<Wanted | undefined>;
  start(wanted: Wanted): Promise<void>;
  /** The same once more, whatever is looked at meanwhile. */
  retry(): Promise<void>;
  /** Asks no more; a file that is on its way still comes. */
  dispose(): void;
}

export interface ExporterDeps {
  readonly api: Pick<Api, "get" | "send">;
  readonly timer: Timer;
  /** Lets the browser fetch a file and keep it. */
  readonly download: (url: string) => void;
}

interface Ticket {
  readonly url: string;
  readonly export_id: string;
}

interface Proof {
  readonly state: "waiting" | "running" | "complete" | "broken";
  readonly rows: number;
  readonly sha256: string | null;
}

const LOG = "/api/v1/activity-log";
const POLL_MS = 1000;
/** A ticket is good for a minute; a file that was not fetched by then never is. */
const FETCHED_MS = 70_000;
/** A server that says nothing of the file for so long has ended it. */
const AWAY_MS = 30_000;
const UNKNOWN = 404;

export function createExporter({ api, timer, download }: ExporterDeps): Exporter {
  const state = signal<ExportState>({ name: "idle" });
  const wanted = signal<Wanted | undefined>(undefined);
  let cancel: (() => void) | undefined;
  let turn = 0;

  const follow = async (id: string, mine: number): Promise<void> => {
    const began = timer.now();
    let heard = began;
    for (;;) {
      await new Promise<void>((resolve) => void (cancel = timer.after(POLL_MS, resolve)));
      const answer = await api.get<Proof>(`${LOG}/exports/${id}`);
      if (turn !== mine) return;
      const now = timer.now();
      if (answer.ok) heard = now;
      const next = answer.ok ? stateOf(answer.value, now - began) : lackOf(answer.problem, now - heard);
      if (next !== undefined) state.value = next;
      if (next !== undefined && next.name !== "running") return;
    }
  };

  const start = async (asked: Wanted): Promise<void> => {
    if (state.peek().name === "running") return;
    const mine = ++turn;
    wanted.value = asked;
    state.value = { name: "running", rows: 0 };
    const answer = await api.send<Ticket>("POST", `${LOG}/export-tickets`, bodyOf(asked));
    if (turn !== mine) return;
    if (!answer.ok) return void (state.value = { name: "failed", problem: answer.problem });
    download(answer.value.url);
    await follow(answer.value.export_id, mine);
  };

  return {
    state,
    wanted,
    start,
    retry: async () => {
      const asked = wanted.peek();
      if (asked !== undefined) await start(asked);
    },
    dispose: () => {
      turn++;
      cancel?.();
    },
  };
}

function stateOf({ state, rows, sha256 }: Proof, age: number): ExportState {
  if (state === "complete") return { name: "complete", rows, sha256: sha256 ?? "" };
  if (state === "broken" || (state === "waiting" && age > FETCHED_MS)) return { name: "broken", rows };
  return { name: "running", rows };
}

/** What it means that nothing was heard for so long; undefined while that may pass. */
function lackOf(problem: Problem, ms: number): ExportState | undefined {
  const mayPass = problem.status === UNREACHABLE.status || problem.status === UNKNOWN;
  if (mayPass && ms < AWAY_MS) return undefined;
  return problem.status === UNKNOWN ? { name: "broken", rows: 0 } : { name: "failed", problem };
}

/** The filter as it is, without what does not narrow. */
function bodyOf({ format, filter }: Wanted) {
  const parts = Object.entries(filterQuery(filter)).filter(([, value]) => value !== undefined);
  return { format, filter: Object.fromEntries(parts) };
}
