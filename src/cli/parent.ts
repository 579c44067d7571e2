import type { ChildServer, Edge } from "./edge.ts";
import { EXIT } from "./exit.ts";

/** A version that was just put in place and has not yet shown that it works. */
export interface Unproven {
  readonly version: string;
  /** Puts the version before back. Throws when that cannot be done. */
  restore(): void;
}

export interface ParentDeps extends Pick<Edge, "onSignal" | "writeError"> {
  /** Starts the server in a process of its own. */
  readonly start: () => ChildServer;
  /** Undefined once the version that runs has shown that it works, and where there was no update. */
  readonly unproven: () => Promise<Unproven | undefined>;
}

/** A new version must answer within this. */
const PROOF_MS = 30_000;
const PROOF_POLL_MS = 200;
/** A little longer than a server gives itself to stop. */
const STOP_LIMIT_MS = 12_000;
const NOW_LIMIT_MS = 2000;
/** A server that wants to be started again sooner than this after its start may want it for ever. */
const QUICK_MS = 5000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/**
 * The small process around a server that nothing else looks after: starts it again whenever it ends with the exit code for
 * that, undoes an update that does not answer, and passes on the signals that it gets itself. Resolves with the exit
 * code of the server that was the last.
 */
export async function runParent({ start, unproven, onSignal, writeError }: ParentDeps): Promise<number> {
  let child: ChildServer | undefined;
  let asked = 0;
  let wake = () => {};
  const say = (text: string) => writeError(`lumenlog: ${text}\n`);
  const tell = () => {
    if (asked === 1) child && stop(child);
    if (asked > 1) child && stopNow(child);
  };
  const signalled = () => {
    asked++;
    wake();
    tell();
  };
  onSignal("SIGINT", signalled);
  onSignal("SIGTERM", signalled);

  for (let quick = 0;;) {
    const untried = await unproven();
    if (asked > 0) return EXIT.asked;
    child = start();
    tell(); // a signal may have come in this very moment
    let early = true;
    const late = setTimeout(() => early = false, QUICK_MS);
    const silent = untried !== undefined && !(await provesItself(child, unproven));
    if (silent && asked === 0) stopNow(child);
    const { code, problem } = await child.ended;
    clearTimeout(late);
    if (problem !== null) say(`Cannot start the server: ${problem}`);
    if (asked > 0) return code === EXIT.restart ? EXIT.asked : code;
    if (untried !== undefined && code !== EXIT.asked && (await unproven())?.version === untried.version) {
      if (!restored(untried, say)) return code === EXIT.restart ? EXIT.failure : code;
      continue;
    }
    if (code !== EXIT.restart) return code;
    quick = early ? quick + 1 : 0;
    if (quick > 1) await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (quick - 2)), (cut) => wake = cut);
  }
}

/** False when the time is over; true also when the server has ended, which says enough. */
async function provesItself(child: ChildServer, unproven: ParentDeps["unproven"]): Promise<boolean> {
  let over = false;
  const limit = setTimeout(() => over = true, PROOF_MS);
  const ended = child.ended.then(() => true);
  try {
    while (!over) {
      if (await Promise.race([ended, pause(PROOF_POLL_MS)])) return true;
      if (await unproven() === undefined) return true;
    }
    return false;
  } finally {
    clearTimeout(limit);
  }
}

function restored({ version, restore }: Unproven, say: (text: string) => void): boolean {
  try {
    restore();
    say(`Version ${version} did not answer: the version before is put back`);
    return true;
  } catch (error) {
    say(`Version ${version} did not answer, and stays: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function stop(child: ChildServer): void {
  child.order("stop");
  killAfter(child, STOP_LIMIT_MS);
}

function stopNow(child: ChildServer): void {
  child.order("now");
  killAfter(child, NOW_LIMIT_MS);
}

function killAfter(child: ChildServer, ms: number): void {
  const limit = setTimeout(child.kill, ms);
  child.ended.then(() => clearTimeout(limit), () => clearTimeout(limit));
}

/** `cuttable` is given what ends it at once. */
function pause(ms: number, cuttable: (cut: () => void) => void = () => {}): Promise<undefined> {
  return new Promise((resolve) => {
    const end = setTimeout(resolve, ms, undefined);
    cuttable(() => {
      clearTimeout(end);
      resolve(undefined);
    });
  });
}
