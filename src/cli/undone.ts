import { databaseFile } from "../runtime/database.ts";
import { prepareRestored, takeRestored } from "../runtime/update_database.ts";
import { VERSION } from "../version.ts";
import { EXIT, Failure } from "./exit.ts";

/** What a version that was put back does when the newer one left a database behind that it cannot use. */
export interface UndoneUpdate {
  /** To be called before anything is opened. */
  begin(): void;
  /** Opens; when that fails, and there is a way back, it throws the Failure that asks for another start. */
  opened<T>(open: () => Promise<T>): Promise<T>;
}

/** `dataDir` is held by this process. */
export function createUndoneUpdate(dataDir: string): UndoneUpdate {
  const where = { dataDir, version: VERSION, path: databaseFile(dataDir) };
  return {
    begin: () => takeRestored(where),
    opened: async (open) => {
      try {
        return await open();
      } catch (error) {
        if (error instanceof Failure && error.code === EXIT.failure && await prepareRestored(where)) {
          throw new Failure(EXIT.restart, "The update was undone: its database is exchanged for the one before");
        }
        throw error;
      }
    },
  };
}
