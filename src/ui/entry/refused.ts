import type { Problem } from "../base/problem.ts";

const TOO_MANY = 429;

/** Why a key did not open the door, and what to do about it. */
export function refusedBecause({ status, detail }: Problem): string {
  if (status === TOO_MANY) return "Too many attempts from here. Wait a minute, then try again.";
  if (status !== 401) return detail;
  return /expired/i.test(detail)
    ? "This key has expired. Ask an admin for a new one."
    : "This server does not know this key. Look whether all of it was copied, and whether it was revoked.";
}
