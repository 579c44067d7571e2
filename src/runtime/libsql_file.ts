import Database from "libsql";
import type { SqlRow, SqlValue } from "../audit/ports.ts";
import type { Connection } from "../sql/connection.ts";
import { closeSync, openSync } from "node:fs";

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
  closeSync(openSync(path, "a", 0o600));
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  const connection = wrap(db);
  if (access === "lock") return connection;
  if (access === "write") {
    // First of all: once a table exists it would stay off, and switching to WAL already writes.
    setPragma(connection, "auto_vacuum", "INCREMENTAL", 2);
    setPragma(connection, "journal_mode", "WAL", "wal");
    setPragma(connection, "synchronous", "FULL", 2);
    setPragma(connection, "foreign_keys", "ON", 1);
  } else {
    setPragma(connection, "query_only", "ON", 1);
  }
  setPragma(connection, "cache_size", "-16000", -16000);
  return connection;
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

function wrap(db: InstanceType<typeof Database>): Connection {
  const readers = new Map<
    string,
    { statement: NativeStatement; names: readonly string[] }
  >();
  const writers = new Map<string, NativeStatement>();

  // The driver declares `inTransaction`, but not that statements have `columns` and take one array of arguments.
  const prepare = (sql: string) => db.prepare(sql) as unknown as NativeStatement;
  const reader = (sql: string) => {
    let known = readers.get(sql);
    if (!known) {
      const statement = prepare(sql).raw(true);
      readers.set(
        sql,
        known = {
          statement,
          names: statement.columns().map((column) => column.name),
        },
      );
    }
    return known;
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
      let statement = writers.get(sql);
      if (!statement) writers.set(sql, statement = prepare(sql));
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
      db.close();
    },
  };
}

function toRow(names: readonly string[], values: readonly unknown[]): SqlRow {
  const row: Record<string, SqlValue> = {};
  for (const [index, name] of names.entries()) {
    row[name] = toValue(values[index]);
  }
  return row;
}

function toValue(value: unknown): SqlValue {
  if (
    typeof value === "string" || typeof value === "number" || value === null
  ) return value;
  // The driver's own kind of bytes is a Buffer, which compares and prints as another type.
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value === undefined) return null;
  throw new Error(`Cannot read a database value of type ${typeof value}`);
}
