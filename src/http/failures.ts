import type { Log } from "../base/log.ts";
import { type Problem, problemAnswer, problemOf } from "./problem.ts";
import type { Resource } from "./resources.ts";
import type { Answer } from "./route.ts";

/** What the process log may say of a request: never its address as sent, its headers or its body. */
export interface Subject {
  readonly requestId: string;
  readonly method: string;
  readonly resource: Resource | undefined;
}

/** What becomes of everything that goes wrong in one request. */
export interface Failures {
  readonly requestId: string;
  /** The problem document for an error. What was not expected is logged, and the caller learns only the request id. */
  answer(error: unknown): Answer;
  readonly entryLost: (error: unknown) => void;
}

export function createFailures(log: Log, { requestId, method, resource }: Subject): Failures {
  const report = (message: string, error: unknown) =>
    log.error(message, { request_id: requestId, method, route: resource?.path ?? null, ...errorFields(error) });
  return {
    requestId,
    answer(error) {
      const problem = problemOf(error);
      if (problem === undefined) report("Cannot answer a request", error);
      return problemAnswer(withAllow(problem ?? { code: "internal" }, resource), requestId);
    },
    entryLost: (error) => report("Cannot store an entry", error),
  };
}

function withAllow(problem: Problem, resource: Resource | undefined): Problem {
  if (problem.code !== "method_not_allowed" || resource === undefined) return problem;
  return { ...problem, headers: { allow: resource.allow } };
}

function errorFields(error: unknown): { readonly error: string; readonly stack: string | null } {
  if (!(error instanceof Error)) return { error: String(error), stack: null };
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return { error: error.message + cause, stack: error.stack ?? null };
}
