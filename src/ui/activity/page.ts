import type { Entry } from "../../audit/mod.ts";
import { type Api, withQuery } from "../base/api.ts";
import type { Result } from "../base/problem.ts";
import { type Filter, filterQuery } from "./filter.ts";

/** One page of the log as the server answers it, newest first. */
export interface Page {
  readonly entries: readonly Entry[];
  readonly next_before_seq: number | null;
  readonly has_more: boolean;
  readonly total: number;
  readonly total_capped: boolean;
  /** The search stopped at its time budget; `next_before_seq` goes on. */
  readonly partial: boolean;
}

export interface PageQuery {
  readonly filter: Filter;
  readonly limit: number;
  readonly beforeSeq?: number | undefined;
}

/** Reads a page; undefined when it was given up by the signal. */
export async function readPage(
  api: Pick<Api, "get">,
  { filter, limit, beforeSeq }: PageQuery,
  signal: AbortSignal,
): Promise<Result<Page> | undefined> {
  const query = { ...filterQuery(filter), limit, before_seq: beforeSeq };
  const answer = await api.get<Page>(withQuery("/api/v1/activity-log", query), { signal });
  return signal.aborted ? undefined : answer;
}
