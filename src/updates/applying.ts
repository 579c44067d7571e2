import { assertDigest, download } from "./download.ts";
import type { Offer } from "./offer.ts";
import type { NewFile, ProgramFile, ReleaseHttp } from "./ports.ts";
import { UpdateProblem } from "./problem.ts";

export interface ApplySteps {
  readonly http: ReleaseHttp;
  readonly program: ProgramFile;
  /** The version that runs. */
  readonly version: string;
  readonly progress: (received: number) => void;
  /** Called once the file is there, proven to be the signed one, and known to run on this machine. */
  readonly ready: () => void;
  /** Makes a copy of the database and tells its path; nothing is replaced when it rejects. */
  readonly beforeApply?: (() => Promise<string | null>) | undefined;
}

/** From an offer to its file in the program's place. Rejects with everything as it was, and nothing left on the disk. */
export async function applyOffer(steps: ApplySteps, offer: Offer, signal: AbortSignal): Promise<void> {
  const { program, version, ready, beforeApply } = steps;
  const file = await download(steps, offer, signal);
  try {
    await assertRuns(file, offer.version, signal);
    ready();
    const copy = await beforeApply?.() ?? null;
    await assertPresent(program, version, signal);
    // Time has passed since it was written, and what is put in place now runs with all of this server's rights.
    assertDigest(await file.digest(), offer);
    if (signal.aborted) throw new UpdateProblem("the server is ending");
    await program.replace(file, { from: version, to: offer.version, copy });
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/**
 * What is kept for the way back is the present file. Another server that shares it, or a person, may have replaced it since this
 * one started: then the way back would lead to a version that has proven nothing, or what is newer would be lost.
 */
async function assertPresent({ says }: ProgramFile, version: string, signal: AbortSignal): Promise<void> {
  if ((await says(signal))?.trimEnd() === `lumenlog ${version}`) return;
  throw new UpdateProblem("the program's file is not the version that runs any more: restart this server first");
}

/** A file for another machine, or one that lacks something here, must not become the program. */
async function assertRuns(file: NewFile, version: string, signal: AbortSignal): Promise<void> {
  const said = await file.says(signal);
  if (said === undefined) throw new UpdateProblem("the new program does not run on this machine");
  if (said.trimEnd() !== `lumenlog ${version}`) {
    throw new UpdateProblem("the new program says that it is another version than was signed");
  }
}
