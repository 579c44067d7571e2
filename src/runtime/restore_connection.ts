import Database from "libsql/promise";
import type { Reader, SqlRow, SqlValue, Tx } from "../audit/ports.ts";
import { toRow } from "./libsql_values.ts";

/** What the driver's statement offers and its type declarations leave out. */
interface NativeStatement {
  raw(on: boolean): NativeStatement;
  columns(): readonly { readonly name: string }[];
  all(args: readonly SqlValue[]): Promise<readonly (readonly unknown[])[]>;
}

/** A writing connection to a file that nobody else uses. Statements run on another thread, those with arguments begin on this one. */
export interface LoneConnection {
  /** Reads may come after writes. */
  readonly tx: Tx;
  readonly inTransaction: boolean;
  /** Runs a text of several statements. */
  exec(script: string): Promise<void>;
  close(): void;
}

/** Errors are the driver's, with the SQLite code in `code`. */
export async function openAlone(path: string): Promise<LoneConnection> {
  const db = new Database(path, { timeout: 1000 });
  // A statement that is collected waits for the one that is running, and the event loop with it.
  const held: NativeStatement[] = [];
  const exec = (script: string) => db.exec(script).then(() => undefined);
  const all = async <R extends object = SqlRow>(sql: string, args: readonly SqlValue[] = []) => {
    // The driver declares neither `columns` nor that arguments come as one array.
    const statement = await db.prepare(sql) as unknown as NativeStatement;
    held.push(statement);
    const names = statement.columns().map((column) => column.name);
    const rows = await (names.length > 0 ? statement.raw(true) : statement).all(args);
    // The caller names the row's shape as it names the columns in the text; nothing else knows it.
    return rows.map((values) => toRow(names, values)) as readonly SqlRow[] as readonly R[];
  };
  const reader: Reader = {
    all,
    get: async <R extends object = SqlRow>(sql: string, args: readonly SqlValue[] = []) => (await all<R>(sql, args))[0],
  };
  const run = async (sql: string, args: readonly SqlValue[] = []) => {
    if (args.length === 0) await exec(sql);
    else await all(sql, args);
  };
  const connection: LoneConnection = {
    tx: { ...reader, transaction: Symbol("alone"), run },
    get inTransaction() {
      // The driver has this and does not declare it.
      return (db as unknown as { readonly inTransaction: boolean }).inTransaction;
    },
    exec,
    close: () => {
      held.length = 0;
      db.close();
    },
  };
  try {
    // A file that was made by others may have views and triggers: they get no say.
    await exec("PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF");
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
