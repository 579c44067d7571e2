import Database from "libsql";
import type { SqlValue } from "../audit/ports.ts";
import { toRow } from "./libsql_values.ts";
import { keepPrepared } from "./statement_cache.ts";
import type { Connection } from "../sql/connection.ts";
import { closeSync, existsSync, openSync } from "node:fs";

/** Foreign processes only; the driver holds the event loop while it waits. */
const BUSY_TIMEOUT_MS = 25;

/** What the driver's statement offers and its type declarations leave out. */
interface NativeStatement {
  raw(on: boolean): NativeStatement;
  columns(): readonly { readonly name: string }[];
  run(args: readonly SqlValue[]): unknown;
  all(args: readonly SqlValue[]): readonly (readonly unknown[])[];
}

/**
 * Opens a database file, making it (mode 0600) when it does not exist. Every pragma is set and read back; a file that
 * is only locked gets none.
 * Errors are the driver's, with the SQLite code in `code`, e.g. `SQLITE_FULL`.
 */
export function openFile(path: string, access: "write" | "read" | "lock"): Connection {
  createPrivate(path);
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  const connection = wrap(db, access === "write" ? () => void takeOver(db) : () => {});
  if (access === "lock") return connection;
  if (access === "write") {
    // First of all: once a table exists it would stay off, and switching to WAL already writes.
    setPragma(connection, "auto_vacuum", "INCREMENTAL", 2);
    setPragma(connection, "journal_mode", "WAL", "wal");
    setPragma(connection, "synchronous", "FULL", 2);
    setPragma(connection, "foreign_keys", "ON", 1);
    // 16 MB: a checkpoint stalls a commit, so it comes seldom.
    setPragma(connection, "wal_autocheckpoint", "4000", 4000);
  } else {
    setPragma(connection, "query_only", "ON", 1);
  }
  setPragma(connection, "cache_size", "-16000", -16000);
  return connection;
}

/**
 * Only ever creates. Opening and closing a database file that is in use would drop every lock that this process holds
 * on it (POSIX), and another program could then remove the write-ahead log under us.
 */
function createPrivate(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (!existsSync(path)) throw error; // otherwise another process was quicker
  }
}

function setPragma(
  connection: Connection,
  name: string,
  value: string,
  expected: string | number,
): void {
  const read = () => connection.all(`PRAGMA ${name}`, [])[0]?.[name];
  // Setting what is set already may write, and a database that is refused later must stay untouched.
  if (read() === expected) return;
  connection.exec(`PRAGMA ${name} = ${value}`);
  if (read() !== expected) throw new Error(`Cannot set ${name} of the database to ${value}: it stays ${read()}`);
}

/**
 * Brings everything from the write-ahead log into the file. Closing does not do that by itself: the driver keeps the file
 * open as long as it has statements. False when it cannot: what is in the log is then found there at the next start.
 */
function takeOver(db: InstanceType<typeof Database>): boolean {
  try {
    if (!db.open || db.inTransaction) return false;
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return true;
  } catch {
    return false; // a disk that fails keeps nobody from closing
  }
}

function wrap(db: InstanceType<typeof Database>, beforeClose: () => void): Connection {
  const readers = new Map<
    string,
    { statement: NativeStatement; names: readonly string[] }
  >();
  const writers = new Map<string, NativeStatement>();

  // The driver declares `inTransaction`, but not that statements have `columns` and take one array of arguments.
  const prepare = (sql: string) => db.prepare(sql) as unknown as NativeStatement;
  const reader = (sql: string) => {
    const known = readers.get(sql);
    if (known) return known;
    const statement = prepare(sql);
    const names = statement.columns().map((column) => column.name);
    // Some pragmas work step by step and have no columns; the driver makes rows without names of none.
    return keepPrepared(readers, sql, { statement: names.length > 0 ? statement.raw(true) : statement, names });
  };
  return {
    get inTransaction() {
      return db.open && db.inTransaction;
    },
    all: (sql, args) => {
      const { statement, names } = reader(sql);
      return statement.all(args).map((values) => toRow(names, values));
    },
    run: (sql, args) => {
      const statement = writers.get(sql) ?? keepPrepared(writers, sql, prepare(sql));
      statement.run(args);
    },
    exec: (script) => {
      // On a closed connection the driver would abort the whole process, here and in `inTransaction`.
      if (!db.open) throw new Error("Cannot use the database: it is closed");
      try {
        db.exec(script);
      } catch (error) {
        if (db.inTransaction) db.exec("ROLLBACK");
        throw error;
      }
    },
    close: () => {
      readers.clear();
      writers.clear();
      beforeClose();
      db.close();
    },
  };
}
