import type { Log } from "../base/log.ts";
import type { ProgramFile } from "./ports.ts";
import type { UpdateSetup } from "./support.ts";
import { describe } from "./words.ts";

/** What is not on record must not happen: the program is put back when the entry cannot be stored. */
export async function toldOrTakenBack(
  program: Pick<ProgramFile, "takeBack">,
  tell: () => Promise<void>,
): Promise<void> {
  try {
    await tell();
  } catch (error) {
    program.takeBack();
    throw error;
  }
}

/** The sentence for people, when the version before this one's successor runs again; null otherwise. */
export async function tellUndone(
  { setup, version, log }: {
    readonly setup: UpdateSetup | undefined;
    readonly version: string;
    readonly log: Log;
  },
  tell: (undone: string) => Promise<void>,
): Promise<string | null> {
  const program = setup?.program ?? undefined;
  if (program === undefined) return null;
  const undone = program.undone(version);
  try {
    if (undone !== undefined) await tell(undone);
    program.tidy(version);
  } catch (error) {
    log.warning("What an update left cannot be removed", { error: describe(error) });
  }
  return undone === undefined ? null : `Version ${undone} did not answer after its start, so this one was put back`;
}
