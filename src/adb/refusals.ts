import { Refusal } from "../base/errors.ts";
import type { ConnectOutcome } from "./answers.ts";
import type { AdbRun } from "./program.ts";

type Failure = Exclude<ConnectOutcome, "connected" | "already">;

/** Why adb did not do its work. Its own words are shown to nobody. */
const UNUSABLE: Readonly<Record<Extract<AdbRun, { ok: false }>["reason"], string>> = {
  missing: "it is not installed here, or was not when this server started",
  timeout: "it does not answer in time",
  too_much: "it says more than it should",
  failed: "it does not work here",
};

/** Nothing can be done with adb now. */
export const unusable = (reason: keyof typeof UNUSABLE) =>
  new Refusal("unavailable", `Cannot use adb: ${UNUSABLE[reason]}`);

const FAILURES: Readonly<Record<Failure, readonly ["device_failed" | "device_timeout" | "unavailable", string]>> = {
  unauthorized: ["device_failed", "it asks on its screen whether to let this machine in; allow it, then connect again"],
  silent: ["device_timeout", "it does not answer as a device does that lets itself be debugged"],
  unreachable: ["device_failed", "it cannot be reached, or nothing listens there"],
  broken: ["unavailable", "adb does not work here"],
};

/** This one device could not be connected. */
export function notConnected(address: string, failure: Failure): Refusal {
  const [code, why] = FAILURES[failure];
  return new Refusal(code, `Cannot connect adb to ${address}: ${why}`);
}
