import type { Reader } from "../audit/ports.ts";
import { migrate, type Migration } from "../sql/migrations.ts";
import { openAlone } from "./restore_connection.ts";

export type ReadiedCopy<T> =
  | { readonly ok: true; readonly value: T }
  /** It has a schema that this version does not know; nothing was changed. */
  | { readonly ok: false; readonly reason: string };

/**
 * Brings a database that nobody uses up to the present schema, off the event loop, and looks at it then: with two readers,
 * each of which works on a thread of its own.
 */
export async function readyCopy<T>(
  path: string,
  { migrations, now }: { readonly migrations: readonly Migration[]; readonly now: () => number },
  look: (copy: Reader, beside: Reader) => Promise<T>,
): Promise<ReadiedCopy<T>> {
  const db = await openAlone(path);
  try {
    // Nobody misses this file when the machine stops, and no file beside it is left behind.
    await db.exec("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF");
    const migrated = await migrate(
      { all: (sql) => db.tx.all<Record<string, unknown>>(sql), exec: db.exec },
      migrations,
      now,
    );
    if (!migrated.ok) return migrated;
    const beside = await openAlone(path);
    try {
      return { ok: true, value: await look(db.tx, beside.tx) };
    } finally {
      beside.close();
    }
  } finally {
    db.close();
  }
}
