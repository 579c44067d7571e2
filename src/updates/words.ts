import { StorageUnavailable } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import { UpdateProblem } from "./problem.ts";

const STORING: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "this server may not store more on that disk",
  EACCES: "the folder of the program cannot be written",
  EPERM: "the folder of the program cannot be written",
  EROFS: "the folder of the program cannot be written",
};

/** Why a step failed, for whoever looks after the server; undefined when it is nothing that was to be expected. */
export function wordsOf(error: unknown): string | undefined {
  if (error instanceof UpdateProblem || error instanceof Refusal) return error.message;
  if (error instanceof StorageUnavailable) return "the database does not answer";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return Object.hasOwn(STORING, code) ? STORING[code] : undefined;
}

/** For the process log. */
export function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? ` (${String(error.cause)})` : "";
  return `${String(error)}${cause}`;
}
