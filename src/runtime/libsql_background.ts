import Database from "libsql/promise";
import type { SqlRow, SqlValue } from "../audit/ports.ts";
import { toRow } from "./libsql_values.ts";
import { keepPrepared } from "./statement_cache.ts";

/** A reading connection whose statements run on another thread. */
export interface BackgroundConnection {
  all(sql: string, args: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  close(): Promise<void>;
  /** One more connection of this kind to the same file. */
  another(): BackgroundConnection;
}

/** What the driver's statement offers and its type declarations leave out. */
interface NativeStatement {
  raw(on: boolean): NativeStatement;
  columns(): readonly { readonly name: string }[];
  all(args: readonly SqlValue[]): Promise<readonly (readonly unknown[])[]>;
}

interface Prepared {
  readonly statement: NativeStatement;
  readonly names: readonly string[];
}

/** Opens on first use, for most servers are never searched. One question after the other; statements are kept. */
export function openInBackground(path: string, cacheKilobytes = 8000): BackgroundConnection {
  const prepared = new Map<string, Prepared>();
  let db: InstanceType<typeof Database> | undefined;
  let last: Promise<void> = Promise.resolve();
  let closed = false;

  const open = async () => {
    const opened = new Database(path, { timeout: 25 });
    await opened.exec("PRAGMA query_only = ON; PRAGMA cache_size = -" + cacheKilobytes);
    return opened;
  };
  const prepare = async (sql: string) => {
    db ??= await open();
    // The driver declares neither `columns` nor that arguments come as one array.
    const statement = (await db.prepare(sql) as unknown as NativeStatement).raw(true);
    return keepPrepared(prepared, sql, { statement, names: statement.columns().map((column) => column.name) });
  };
  const answer = async (sql: string, args: readonly SqlValue[]) => {
    if (closed) throw new Error("Cannot use the database: it is closed");
    const { statement, names } = prepared.get(sql) ?? await prepare(sql);
    return (await statement.all(args)).map((values) => toRow(names, values));
  };
  return {
    all: async (sql, args) => {
      const before = last;
      let end = () => {};
      last = new Promise((resolve) => end = resolve);
      try {
        await before;
        return await answer(sql, args);
      } finally {
        end();
      }
    },
    close: async () => {
      closed = true;
      await last;
      prepared.clear();
      db?.close();
    },
    // It reads through once: what it has read is of no more use.
    another: () => openInBackground(path, 1000),
  };
}
