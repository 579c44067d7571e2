import type { Collected } from "../config_history/collector.ts";
import type { ProgramResult } from "./run_program.ts";

type Failed = Extract<Collected, { readonly ok: false }>;
type Reason =
  | "missing"
  | "timeout"
  | "too_much"
  | "failed"
  | "host_key"
  | "refused"
  | "closed"
  | "unreachable"
  | "command";

const FAILURES: Readonly<Record<Reason, Failed>> = {
  missing: { ok: false, code: "unavailable", words: "the program ssh is not installed on this server" },
  timeout: { ok: false, code: "device_timeout", words: "no answer over SSH in time" },
  too_much: { ok: false, code: "device_failed", words: "its answer is too long" },
  failed: { ok: false, code: "device_failed", words: "SSH did not work" },
  host_key: {
    ok: false,
    code: "device_failed",
    words: "its SSH host key has changed. It was set up anew, or something else answers in its place. " +
      "To trust the new key, remove the line of this host from the file known_hosts in the data directory",
  },
  // One sentence for all of these: whoever may set the path must not learn by it which files there are.
  refused: {
    ok: false,
    code: "device_failed",
    words:
      "it does not let this user in with this key, or the server cannot use the private key file (ssh_identity): " +
      "that must be a key which the account of the server, and nobody else, can read",
  },
  closed: { ok: false, code: "device_failed", words: "it closed the connection" },
  unreachable: { ok: false, code: "device_failed", words: "no connection" },
  command: { ok: false, code: "device_failed", words: "it could not run the command" },
};

/** What ssh says of its own failures, in the language that it was told to speak; the first that fits counts. */
const SAYINGS: readonly (readonly [RegExp, Reason])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/, "host_key"],
  [/Permission denied|Too many authentication failures/, "refused"],
  [/timed out/i, "timeout"],
  [/Connection refused|No route to host|Network is unreachable|Could not resolve/, "unreachable"],
  [/Connection (?:closed|reset)|kex_exchange_identification|Broken pipe|banner/i, "closed"],
];
/** The exit code of ssh for a failure of its own; any other is the command's. */
const OWN_FAILURE = 255;

/** Why a run of ssh brought nothing. What ssh and the device said themselves stays out of it. */
export const failureOf = (ran: ProgramResult): Failed => FAILURES[reasonOf(ran)];

function reasonOf(ran: ProgramResult): Reason {
  if (!ran.ok) return ran.reason;
  if (ran.code !== OWN_FAILURE) return ran.code === null ? "failed" : "command";
  return SAYINGS.find(([saying]) => saying.test(ran.stderr))?.[1] ?? "failed";
}
