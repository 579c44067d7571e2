/** Why a request did not succeed, in the terms of RFC 9457; `status` 0 when no answer came. */
export interface Problem {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  /** Why somebody was not let in, as a code. */
  readonly reason?: string;
  /** Fields that are not as they must be; `field` is a JSON path such as `stops[1].color`. */
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  /** Who uses what could not be deleted. */
  readonly users: readonly { readonly id: string; readonly type: string; readonly name: string }[];
}

/** `etag` names the version of what was answered, where there are versions. */
export type Result<T> =
  | { readonly ok: true; readonly value: T; readonly etag: string | null }
  | { readonly ok: false; readonly problem: Problem };

export const UNREACHABLE: Problem = {
  status: 0,
  type: "unreachable",
  title: "No answer",
  detail: "The server does not answer. It may be stopped, or this device is off the network.",
  errors: [],
  users: [],
};

const listOf = (value: unknown) => Array.isArray(value) ? value : [];
const textOf = (value: unknown, otherwise: string) => typeof value === "string" ? value : otherwise;

/** The problem in a failed answer, whatever its body is. */
export async function problemOf(answer: Response): Promise<Problem> {
  const body: unknown = await answer.json().catch(() => null); // not JSON: the status has to do
  const given: Readonly<Record<string, unknown>> = typeof body === "object" && body !== null ? { ...body } : {};
  return {
    status: answer.status,
    type: textOf(given["type"], "unknown"),
    title: textOf(given["title"], `Answer ${answer.status}`),
    detail: textOf(given["detail"], "The server gave no reason."),
    ...(typeof given["reason"] === "string" ? { reason: given["reason"] } : {}),
    errors: listOf(given["errors"]),
    users: listOf(given["users"]),
  };
}
