import type { DatabaseFacts } from "../sql/inspection.ts";
import { openContents } from "./contents.ts";
import type { BackupFolder } from "./folder.ts";
import type { Backup } from "./shelf.ts";
import type { BackupTools } from "./tools.ts";

/** The database of a backup as a file of its own, verified. */
export interface UnpackedBackup {
  readonly path: string;
  readonly facts: DatabaseFacts;
  /** Removes it; may be called again. */
  drop(): Promise<void>;
}

interface Deps {
  readonly folder: BackupFolder;
  readonly tools: BackupTools;
  readonly signal: AbortSignal;
}

/** Rejects with `Unsound` when what is in the backup cannot be trusted: somebody may have put the file there. */
export const createUnpacking = (deps: Deps) => async ({ filename }: Backup): Promise<UnpackedBackup> => {
  const { folder } = deps;
  const path = await folder.begin();
  try {
    const facts = await openContents(deps, folder.pathOf(filename), path);
    return { path, facts, drop: () => folder.drop(path) };
  } catch (error) {
    await folder.drop(path);
    throw error;
  }
};
