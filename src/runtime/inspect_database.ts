import Database from "libsql/promise";
import { pathToFileURL } from "node:url";
import type { SqlRow } from "../audit/ports.ts";
import { inspect, type Inspection, type ReadRows, readShape, type Shape } from "../sql/inspection.ts";
import { migrate, type Migration } from "../sql/migrations.ts";

export type { DatabaseFacts, Inspection } from "../sql/inspection.ts";

type AsyncDatabase = InstanceType<typeof Database>;

/** What the driver's statement offers and its type declarations leave out. */
interface NativeStatement {
  all(args: readonly []): Promise<readonly SqlRow[]>;
}

/**
 * Looks whether a file that nobody uses is a sound database of ours; reads all of it, on another thread. Leaves the file as
 * it is and nothing beside it. Rejects only when the signal aborts.
 */
export async function inspectDatabase(
  path: string,
  known: readonly Migration[],
  signal?: AbortSignal,
): Promise<Inspection> {
  signal?.throwIfAborted();
  const db = openAlone(path);
  if (db === undefined) return { ok: false, reason: "it cannot be opened" };
  const stop = () => db.interrupt();
  signal?.addEventListener("abort", stop, { once: true });
  try {
    // A view or a trigger of a stranger's file can call nothing that does more than compute.
    await db.exec("PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000");
    return await inspect(rowsOf(db), known, (count) => shapeAfter(known.slice(0, count)));
  } catch (error) {
    signal?.throwIfAborted();
    return { ok: false, reason: reasonOf(error) };
  } finally {
    signal?.removeEventListener("abort", stop);
    db.close();
  }
}

/** Told that nobody can change the file, SQLite makes no others beside it, also where it was left in WAL mode. */
function openAlone(path: string): AsyncDatabase | undefined {
  try {
    return new Database(`${pathToFileURL(path).href}?mode=ro&immutable=1`, {});
  } catch {
    return undefined; // the driver's error has no code; most often nothing is there
  }
}

/** Its statements are kept as long as it is: one that is collected waits for the one that runs, and the event loop with it. */
function rowsOf(db: AsyncDatabase): ReadRows {
  const held: NativeStatement[] = [];
  return async (sql) => {
    // The driver declares neither that arguments come as one array nor the type of rows.
    const statement = await db.prepare(sql) as unknown as NativeStatement;
    held.push(statement);
    return await statement.all([]);
  };
}

/** What a new database is made of after these migrations: tried out in memory. */
async function shapeAfter(migrations: readonly Migration[]): Promise<Shape> {
  const db = new Database(":memory:", {});
  try {
    await migrate({ all: rowsOf(db), exec: (script) => db.exec(script) }, migrations, () => 0);
    return await readShape(rowsOf(db));
  } finally {
    db.close();
  }
}

/** The driver's text may hold a path, so its code decides. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code.startsWith("SQLITE_NOTADB")) return "it is no database";
  if (code.startsWith("SQLITE_CANTOPEN")) return "it cannot be opened";
  return "it is damaged";
}
