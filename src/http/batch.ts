import { z } from "zod";
import type { FieldIssue } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { type ProblemCode, problemOf } from "./problem.ts";

/** Why something could not be done with one of many, as it would stand in a problem document of its own. */
export const ITEM_ERROR = z.object({
  code: z.string().describe("The last word of the problem's type, e.g. `not_found`"),
  message: z.string(),
  issues: z.array(z.object({ field: z.string(), message: z.string() })).optional()
    .describe("Fields that are not as they must be"),
});

export interface ItemError {
  readonly code: ProblemCode;
  readonly message: string;
  readonly issues?: readonly FieldIssue[];
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ItemError };

/** Does the work for each id, a few at a time; whatever goes wrong with one is its own outcome. In the order of the ids. */
export type Batch = <T>(ids: readonly string[], work: (id: string) => Promise<T>) => Promise<readonly Outcome<T>[]>;

const AT_ONCE = 16;

export function createBatch({ log }: { readonly log: Pick<Log, "error"> }): Batch {
  const errorOf = (error: unknown): ItemError => {
    const problem = problemOf(error);
    if (problem === undefined) {
      log.error("Cannot do the work for one of many", { error: String(error) });
      return { code: "internal", message: "Something went wrong in the server" };
    }
    const { code, detail, issues = [] } = problem;
    return { code, message: detail ?? code, ...(issues.length > 0 ? { issues } : {}) };
  };

  return async <T>(ids: readonly string[], work: (id: string) => Promise<T>) => {
    const outcomes: Outcome<T>[] = [];
    const left = ids.entries();
    const worker = async () => {
      for (const [index, id] of left) {
        outcomes[index] = await work(id).then(
          (value) => ({ ok: true, value }),
          (error: unknown) => ({ ok: false, error: errorOf(error) }),
        );
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, ids.length) }, worker));
    return outcomes;
  };
}

/** How many of each there are, as every answer about many ends. */
export const COUNTS = { succeeded: z.int(), failed: z.int() };

export function countsOf(items: readonly { readonly ok: boolean }[]) {
  const succeeded = items.filter(({ ok }) => ok).length;
  return { succeeded, failed: items.length - succeeded };
}
