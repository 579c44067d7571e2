import { assertEquals } from "@std/assert";
import type { TestApp } from "../support/app.ts";

/** A JSON object whose fields the test knows better than the compiler. */
export type Body = Readonly<Record<string, unknown>>;

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly request_id: string;
  readonly reason?: string;
  readonly users?: readonly { readonly id: string; readonly type: string; readonly name: string }[];
}

/** The problem document of a refused call; fails when it is none, or is not about this answer. */
export async function problemIn(answer: Response): Promise<Problem> {
  assertEquals(answer.headers.get("content-type"), "application/problem+json", `status ${answer.status}`);
  const problem: Problem = await answer.json();
  assertEquals(problem.status, answer.status);
  assertEquals(problem.request_id, answer.headers.get("x-request-id"));
  return problem;
}

/** Status and named fields of a refused call. */
export async function refusal(answer: Response): Promise<readonly [status: number, ...fields: readonly string[]]> {
  const problem = await problemIn(answer);
  return [problem.status, ...problem.errors.map(({ field }) => field)];
}

/** The JSON object of an answer with this status; the whole answer is shown when it has another. */
export async function bodyOf(answer: Response, status = 200): Promise<Body> {
  const text = await answer.text();
  assertEquals(answer.status, status, text);
  return JSON.parse(text);
}

export interface Tokens {
  readonly admin: string;
  readonly operator: string;
  readonly viewer: string;
}

/** One key of each role, labelled by its role. */
export async function makeKeys({ app }: TestApp): Promise<Tokens> {
  const make = async (label: keyof Tokens) => (await app.keys.create({ label, role: label })).token;
  return { admin: await make("admin"), operator: await make("operator"), viewer: await make("viewer") };
}

/** The text of a field that must be text. */
export function textOf(body: Body, field: string): string {
  const value = body[field];
  if (typeof value !== "string") throw new Error(`${field} is no text: ${JSON.stringify(value)}`);
  return value;
}
