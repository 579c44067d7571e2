import Database from "libsql/promise";

/** What the driver's statement offers and its type declarations leave out. */
interface NativeStatement {
  all(args: readonly string[]): Promise<unknown>;
}

/**
 * Copies a database that is in use, as it is at one moment, into a file that is there and empty; on another thread, and
 * without keeping anybody from writing. The copy is not yet safe from a loss of power. Rejects with the driver's error, whose
 * code is `SQLITE_FULL` when the disk is; or when the signal aborts.
 */
export async function snapshotDatabase(livePath: string, toPath: string, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const db = new Database(livePath, { timeout: 25 });
  const stop = () => db.interrupt();
  try {
    // This connection writes nothing but the copy, and to wait for the disk would keep commits waiting behind it.
    await db.exec("PRAGMA synchronous = OFF; PRAGMA cache_size = -16000");
    // The driver does not declare that arguments come as one array.
    const statement = await db.prepare("VACUUM INTO ?") as unknown as NativeStatement;
    signal?.addEventListener("abort", stop, { once: true });
    await statement.all([toPath]);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    db.close();
  }
}
