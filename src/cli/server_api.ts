import { z } from "zod";
import { EXIT, Failure } from "./exit.ts";

const PROBLEM = z.object({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
});

/** An address that one can connect to, of a server that listens on every interface; without the final `/`. */
export const reachable = (url: string): string =>
  url.replace("//0.0.0.0", "//127.0.0.1").replace("//[::]", "//[::1]").replace(/\/+$/, "");

export const bearerOf = (token: string | null): Readonly<Record<string, string>> =>
  token === null ? {} : { authorization: `Bearer ${token}` };

export const unreachable = (url: string, error: unknown): Failure =>
  new Failure(EXIT.failure, `Cannot reach the server at ${url}: ${error instanceof Error ? error.message : ""}`);

export const noLumenlog = (url: string): Failure =>
  new Failure(EXIT.failure, `What answers at ${url} does not answer like a Lumenlog server`);

/** Null when it is no JSON: nothing that is waited for is null. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // whoever asked knows what it should be
  }
}

/** Why the server refused, in its own words where it has any. */
export function problemText(status: number, text: string): string {
  const problem = PROBLEM.safeParse(jsonOf(text));
  if (!problem.success) return `The server answered with status ${status}`;
  const { title, detail, errors } = problem.data;
  return [detail ?? title, ...errors.map(({ field, message }) => `${field} ${message}`)].join("; ");
}
