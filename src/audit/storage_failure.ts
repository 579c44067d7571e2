import { StorageUnavailable } from "./ports.ts";

/** What SQLite says of the disk or the file, not of the statement. */
const CODES = /^SQLITE_(?:FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PROTOCOL)/;

/** True when storage failed, and not the change itself. */
export const isStorageFailure = (error: unknown): boolean =>
  error instanceof StorageUnavailable || (error instanceof Error && "code" in error && CODES.test(String(error.code)));

/** The error as a caller is told: storage failed; `code` is the database's, its own words are the cause. */
export function explained(error: unknown): unknown {
  if (!isStorageFailure(error) || error instanceof StorageUnavailable) return error;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return Object.assign(new StorageUnavailable("Cannot store this now", { cause: error }), { code });
}
