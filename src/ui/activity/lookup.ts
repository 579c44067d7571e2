import type { Entry } from "../../audit/mod.ts";
import type { Api } from "../base/api.ts";
import type { Problem } from "../base/problem.ts";
import { readPage } from "./page.ts";
import { seqOfId } from "./row.ts";

/** What became of an entry that an address names. */
export type Found =
  | { readonly name: "looking" }
  | { readonly name: "found"; readonly entry: Entry }
  /** The log begins after it: it was removed as the log was kept short or cleared. */
  | { readonly name: "removed" }
  | { readonly name: "unknown" }
  | { readonly name: "failed"; readonly problem: Problem };

/** Reads one entry by its id; undefined when it was given up. */
export async function lookUp(api: Pick<Api, "get">, id: string, signal: AbortSignal): Promise<Found | undefined> {
  const seq = seqOfId(id);
  if (seq === undefined || seq === 0) return { name: "unknown" };
  const answer = await readPage(api, { filter: {}, limit: 1, beforeSeq: seq + 1 }, signal);
  if (answer === undefined) return undefined;
  if (!answer.ok) return { name: "failed", problem: answer.problem };
  const [entry] = answer.value.entries;
  if (entry === undefined) return answer.value.total > 0 ? { name: "removed" } : { name: "unknown" };
  return entry.id === id ? { name: "found", entry } : { name: "unknown" };
}
