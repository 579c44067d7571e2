import type { Supervised } from "../config.ts";
import type { Edge } from "./edge.ts";

/** Set in a server that a parent process started: the parent's pid. */
export const PARENT = "LUMENLOG_PARENT";

/**
 * What a process that is to serve is: the `child` of a parent process, which starts it again; one whose parent is gone
 * (`orphan`); `supervised` by whatever starts it again; the `parent` of the one that serves; or `alone`, when it cannot
 * start itself again and begins anew inside.
 */
export type Part = "child" | "orphan" | "supervised" | "parent" | "alone";

type Facts = Pick<Edge, "env" | "pid" | "parentPid" | "startSelf">;

export function partOf({ env, pid, parentPid, startSelf }: Facts, supervised: Supervised): Part {
  const parent = env[PARENT];
  if (parent !== undefined && parent !== "") return parent === String(parentPid) ? "child" : "orphan";
  if (supervised === "yes" || (supervised === "auto" && looksSupervised(env, pid))) return "supervised";
  return startSelf === null ? "alone" : "parent";
}

/** systemd tells the process that it started itself which one that is; the first process of a container is its own. */
const looksSupervised = (env: Edge["env"], pid: number): boolean =>
  env["SYSTEMD_EXEC_PID"] === String(pid) || pid === 1;
