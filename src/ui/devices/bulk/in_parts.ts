import type { Problem, Result } from "../../base/problem.ts";
import { labelOf } from "../../library/form/labels.ts";

/** What became of one of many, as each of the routes for many answers it. */
interface AnswerItem {
  readonly id?: string;
  readonly device_id?: string;
  readonly name?: string | null;
  readonly ok: boolean;
  /** False when it was so already. */
  readonly changed?: boolean;
  readonly error?: {
    readonly message: string;
    readonly issues?: Problem["errors"];
  };
}

export interface AnswerOfMany<Item = AnswerItem> {
  readonly items: readonly (Item & AnswerItem)[];
}

export interface Failure {
  readonly id: string;
  /** Null when the server does not know it. */
  readonly name: string | null;
  readonly reason: string;
}

/** What became of many. */
export interface Outcome {
  readonly done: number;
  /** Of those, how many were so already. */
  readonly same: number;
  readonly failed: readonly Failure[];
  /** Why the rest was not even tried; undefined when all were. */
  readonly problem?: Problem;
  /** How many that is. */
  readonly untried: number;
  /** Of how many it was asked without hearing what became of them. */
  readonly unheard: number;
}

export const NOTHING_DONE: Outcome = { done: 0, same: 0, failed: [], untried: 0, unheard: 0 };

export interface InParts<Item> {
  readonly ids: readonly string[];
  /** How many go in one request. */
  readonly size: number;
  readonly send: (ids: readonly string[]) => Promise<Result<AnswerOfMany<Item>>>;
  /** Hears after each part. */
  readonly progress: (soFar: Outcome, items: readonly (Item & AnswerItem)[]) => void;
  /** Stops before the next part. */
  readonly signal?: AbortSignal;
}

/** Does something to many, some in each request: what is known grows, and no request takes too long. */
export async function inParts<Item>({ ids, size, send, progress, signal }: InParts<Item>): Promise<Outcome> {
  let soFar = NOTHING_DONE;
  for (let at = 0; at < ids.length; at += size) {
    if (signal?.aborted) return { ...soFar, untried: ids.length - at };
    const answer = await send(ids.slice(at, at + size));
    if (!answer.ok) return { ...soFar, problem: answer.problem, ...leftAt(ids.length - at, size, answer.problem) };
    const { items } = answer.value;
    soFar = {
      ...soFar,
      done: soFar.done + items.filter(({ ok }) => ok).length,
      same: soFar.same + items.filter(({ ok, changed }) => ok && changed === false).length,
      failed: [...soFar.failed, ...items.filter(({ ok }) => !ok).map(failureOf)],
    };
    progress(soFar, items);
  }
  return soFar;
}

/** What is wrong, as the form names it: `add_tags[1]` is "Add tags". Empty where nothing is. */
export const issueWords = (issues: Problem["errors"]): string =>
  issues.map(({ field, message }) => `${labelOf(field.replace(/^fields\.|\W.*$/g, ""))} ${message}`).join("; ");

/** Who refuses does nothing; who does not answer, or answers that something broke, may have done it. */
function leftAt(left: number, size: number, { status }: Problem): Pick<Outcome, "untried" | "unheard"> {
  const unheard = status === 0 || status >= 500 ? Math.min(left, size) : 0;
  return { unheard, untried: left - unheard };
}

function failureOf({ id, device_id, name = null, error }: AnswerItem): Failure {
  const reason = issueWords(error?.issues ?? []) || (error?.message ?? "The server gave no reason.");
  return { id: id ?? device_id ?? "", name, reason };
}
