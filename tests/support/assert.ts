/**
 * Stand-in for `jsr:@std/assert@1` (JSR cannot be reached everywhere) over `node:assert/strict`.
 * To switch: in tests/deno.json point "@std/assert" to "jsr:@std/assert@1" and delete this file.
 */
import strict from "node:assert/strict";

type ErrorClass<E extends Error> = new (...args: never[]) => E;

/** Throws an AssertionError unless `condition` is truthy. */
export function assert(condition: unknown, message?: string): asserts condition {
  if (!condition) strict.fail(message ?? "expected a truthy value");
}

/** Deep equality, prototypes included. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  strict.deepStrictEqual(actual, expected, said(message));
}

/** Deep inequality. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  strict.notDeepStrictEqual(actual, expected, said(message));
}

/** The same value or the same object (`Object.is`). */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  strict.strictEqual(actual, expected, said(message));
}

/** Another value or another object (`Object.is`). */
export function assertNotStrictEquals<T>(actual: T, expected: T, message?: string): void {
  strict.notStrictEqual(actual, expected, said(message));
}

/** Neither null nor undefined. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) strict.fail(message ?? `expected a value, got ${actual}`);
}

export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  strict.match(actual, expected, said(message));
}

export function assertNotMatch(actual: string, expected: RegExp, message?: string): void {
  strict.doesNotMatch(actual, expected, said(message));
}

export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (!actual.includes(expected)) strict.fail(message ?? `expected ${quote(actual)} to contain ${quote(expected)}`);
}

/** Always throws. */
export function fail(message?: string): never {
  strict.fail(message ?? "failed");
}

/** Runs `fn`, which must throw; returns what it threw. The class and a part of its message are checked when given. */
export function assertThrows(fn: () => unknown, message?: string): unknown;
export function assertThrows<E extends Error>(
  fn: () => unknown,
  kind: ErrorClass<E>,
  part?: string,
  message?: string,
): E;
export function assertThrows(fn: () => unknown, kind?: ErrorClass<Error> | string, part?: string, message?: string) {
  const outcome = outcomeOf(fn);
  if (!outcome.threw) strict.fail(note(kind, message) ?? "expected the function to throw");
  return checked(outcome.error, kind, part, message);
}

/** Awaits `fn()`, which must reject; resolves to the rejection. Checks as in assertThrows. */
export function assertRejects(fn: () => PromiseLike<unknown>, message?: string): Promise<unknown>;
export function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  kind: ErrorClass<E>,
  part?: string,
  message?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  kind?: ErrorClass<Error> | string,
  part?: string,
  message?: string,
): Promise<unknown> {
  const call = outcomeOf(fn);
  if (call.threw) strict.fail("expected a rejected promise, but the function threw at once");
  const outcome = await Promise.resolve(call.value).then(() => ({ threw: false as const }), thrown);
  if (!outcome.threw) strict.fail(note(kind, message) ?? "expected the promise to reject");
  return checked(outcome.error, kind, part, message);
}

function outcomeOf<T>(fn: () => T) {
  try {
    return { threw: false as const, value: fn() };
  } catch (error) {
    return thrown(error);
  }
}

function thrown(error: unknown) {
  return { threw: true as const, error };
}

function note(kind: ErrorClass<Error> | string | undefined, message: string | undefined) {
  return typeof kind === "string" ? kind : message;
}

function checked(
  error: unknown,
  kind: ErrorClass<Error> | string | undefined,
  part: string | undefined,
  message: string | undefined,
): unknown {
  if (kind === undefined || typeof kind === "string") return error;
  if (!(error instanceof kind)) strict.fail(message ?? `expected a ${kind.name}, got ${String(error)}`);
  assertStringIncludes(error.message, part ?? "", message);
  return error;
}

/** Node takes undefined for "no message", but its types only know the argument left out: hence the `as`. */
function said(message: string | undefined) {
  return message as string;
}

function quote(text: string) {
  return JSON.stringify(text);
}
