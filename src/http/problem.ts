import { z } from "zod";
import { StorageUnavailable } from "../audit/ports.ts";
import { type FieldIssue, Refusal, type RefusalCode } from "../base/errors.ts";
import type { Answer } from "./route.ts";

/** Every way a request can fail: what services refuse, what is no readable request, and what is our own fault. */
export type ProblemCode = RefusalCode | "malformed" | "internal";

export interface ProblemKind<Code extends ProblemCode = ProblemCode> {
  readonly status: number;
  /** Never changes once published: clients branch on it. */
  readonly type: `urn:lumenlog:problem:${Code}`;
  readonly title: string;
}

/** The one place where an outcome gets its HTTP status. */
export const PROBLEMS: { readonly [Code in ProblemCode]: ProblemKind<Code> } = {
  malformed: { status: 400, type: "urn:lumenlog:problem:malformed", title: "Malformed request" },
  unauthorized: { status: 401, type: "urn:lumenlog:problem:unauthorized", title: "API key needed" },
  forbidden: { status: 403, type: "urn:lumenlog:problem:forbidden", title: "Not allowed" },
  not_found: { status: 404, type: "urn:lumenlog:problem:not_found", title: "Not found" },
  method_not_allowed: { status: 405, type: "urn:lumenlog:problem:method_not_allowed", title: "Method not allowed" },
  conflict: { status: 409, type: "urn:lumenlog:problem:conflict", title: "Conflict" },
  in_use: { status: 409, type: "urn:lumenlog:problem:in_use", title: "In use" },
  name_taken: { status: 409, type: "urn:lumenlog:problem:name_taken", title: "Name taken" },
  precondition_failed: { status: 412, type: "urn:lumenlog:problem:precondition_failed", title: "Changed meanwhile" },
  too_large: { status: 413, type: "urn:lumenlog:problem:too_large", title: "Too large" },
  unsupported_media_type: {
    status: 415,
    type: "urn:lumenlog:problem:unsupported_media_type",
    title: "Unsupported media type",
  },
  invalid: { status: 422, type: "urn:lumenlog:problem:invalid", title: "Invalid input" },
  upgrade_required: { status: 426, type: "urn:lumenlog:problem:upgrade_required", title: "WebSocket needed" },
  internal: { status: 500, type: "urn:lumenlog:problem:internal", title: "Internal error" },
  device_failed: { status: 502, type: "urn:lumenlog:problem:device_failed", title: "Device failed" },
  unavailable: { status: 503, type: "urn:lumenlog:problem:unavailable", title: "Not available" },
  device_timeout: { status: 504, type: "urn:lumenlog:problem:device_timeout", title: "Device did not answer" },
};

/** The body of every failed request (RFC 9457). Some kinds carry further members, e.g. `users`. */
export const PROBLEM_SCHEMA = z.looseObject({
  type: z.string().describe("Stable address of the kind of problem"),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().optional().describe("What could not be done, in a sentence"),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).describe("Fields that are not as they must be"),
  request_id: z.string().describe("Stands in the process log too"),
});

/** Bytes that are not the message they claim to be: answered with 400. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}

export interface Problem {
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly issues?: readonly FieldIssue[];
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An expected failure as a problem; undefined for anything that must not be shown to the caller. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof StorageUnavailable) return { code: "unavailable", detail: error.message };
  if (error instanceof Malformed) return { code: "malformed", detail: error.message };
  if (!(error instanceof Refusal)) return undefined;
  return { code: error.code, detail: error.message, issues: error.issues, extra: error.extra };
}

/** The problem document as an answer. */
export function problemAnswer(problem: Problem, requestId: string): Answer {
  const { status, type, title } = PROBLEMS[problem.code];
  const detail = problem.detail === undefined ? {} : { detail: problem.detail };
  const challenge = problem.code === "unauthorized" ? { "www-authenticate": "Bearer" } : {};
  return {
    status,
    type: "application/problem+json",
    headers: { ...challenge, ...problem.headers },
    // Extra members come first, so that they never displace a standard one.
    json: { ...problem.extra, type, title, status, ...detail, errors: problem.issues ?? [], request_id: requestId },
  };
}
