import { type Settled, type Sql, StorageUnavailable, type Turn, type Unit } from "../audit/ports.ts";
import type { BatchClient, Connection } from "./connection.ts";
import { createReader } from "./reader.ts";
import { createUnitTx } from "./unit_tx.ts";

const BUSY_PAUSE_MS = 20;
/** About five seconds: the driver itself waits for 25 ms at each try. */
const BUSY_TRIES = 110;

interface BackgroundReader extends Pick<BatchClient, "all" | "close"> {
  another(): BackgroundReader;
}

/**
 * A database file with one writing and one reading connection. Units that are committed together share one
 * transaction with a savepoint each. When the database rolls all of it back, each unit runs again alone.
 */
export function createGroupCommitSql(deps: {
  writer: Connection;
  reader: Connection;
  /** Answers on another thread. */
  background: BackgroundReader;
  turn: Turn;
}): Sql {
  const { writer, reader, background, turn } = deps;
  return {
    ...createReader((sql, args) => Promise.resolve(reader.all(sql, args))),
    background: createReader(background.all),
    openReader: () => {
      const { all, close } = background.another();
      return { ...createReader(all), close };
    },
    unitsPerCommit: 512,
    exclusive: true,
    commit: (units) => commitTogether(writer, turn, units),
    close: async () => {
      await background.close();
      reader.close();
      checkpoint(writer);
      writer.close();
    },
  };
}

async function commitTogether(
  db: Connection,
  turn: Turn,
  units: readonly Unit[],
): Promise<readonly Settled[]> {
  const first = await runTransaction(db, turn, units);
  if (first.ok) return first.value;
  if (!first.begun) {
    return units.map(() => ({
      ok: false,
      error: first.error,
      unavailable: true,
    }));
  }
  if (units.length === 1) return [{ ok: false, error: first.error }];
  const outcomes: Settled[] = [];
  for (const unit of units) {
    const alone = await runTransaction(db, turn, [unit]);
    outcomes.push(
      alone.ok ? alone.value[0]! : { ok: false, error: alone.error },
    );
  }
  return outcomes;
}

type Whole =
  | { readonly ok: true; readonly value: readonly Settled[] }
  | { readonly ok: false; readonly error: unknown; readonly begun: boolean };

async function runTransaction(
  db: Connection,
  turn: Turn,
  units: readonly Unit[],
): Promise<Whole> {
  // Most often nobody else writes, and then nothing has to be waited for.
  const refused = tryBegin(db) && await begin(db, turn);
  if (refused !== undefined) return { ok: false, error: refused, begun: false };
  const outcomes: Settled[] = [];
  const transaction = Symbol("transaction");
  try {
    for (const unit of units) {
      const outcome = await runUnit(db, turn, unit, transaction);
      if (!db.inTransaction) {
        throw outcome.ok ? new Error("The database ended the transaction") : outcome.error;
      }
      outcomes.push(outcome);
    }
    db.run("COMMIT", []);
    return { ok: true, value: outcomes };
  } catch (error) {
    rollBack(db);
    return { ok: false, error, begun: true };
  }
}

/**
 * Waits for a foreign process that is writing without holding the event loop; the error when that takes too long.
 * A lone write has its transaction too: after SQLITE_BUSY the driver leaves a statement of its own open, and whatever
 * it then writes outside a transaction would seem to succeed without being committed.
 */
async function begin(db: Connection, turn: Turn): Promise<StorageUnavailable | undefined> {
  for (let tries = 1;; tries++) {
    const refused = tryBegin(db);
    if (!refused) return undefined;
    if (!isBusy(refused.error) || tries >= BUSY_TRIES) {
      return new StorageUnavailable("Cannot begin to write to the database", { cause: refused.error });
    }
    await new Promise<void>((resolve) => turn.delay(resolve, BUSY_PAUSE_MS));
  }
}

function tryBegin(db: Connection): { readonly error: unknown } | undefined {
  try {
    db.run("BEGIN IMMEDIATE", []);
    return undefined;
  } catch (error) {
    return { error };
  }
}

async function runUnit(
  db: Connection,
  turn: Turn,
  unit: Unit,
  transaction: symbol,
): Promise<Settled> {
  const { tx, end } = createUnitTx(transaction, {
    all: (sql, args) => Promise.resolve(db.all(sql, args)),
    run: (sql, args) => {
      // A change that goes on after an error which ended the transaction would write outside of any.
      if (!db.inTransaction) throw new Error("Cannot write: the database has ended the transaction");
      db.run(sql, args);
    },
  });
  if (!unit.single) db.run("SAVEPOINT unit", []);
  try {
    const value = await withinTurn(turn, unit.work(tx), unit.single === true);
    if (!unit.single) db.run("RELEASE unit", []);
    return { ok: true, value };
  } catch (error) {
    if (db.inTransaction && !unit.single) {
      db.run("ROLLBACK TO unit", []);
      db.run("RELEASE unit", []);
    }
    return { ok: false, error };
  } finally {
    end();
  }
}

/**
 * A local transaction answers within the running turn of the event loop. Work that has not ended by then awaits
 * something else, and would hold up every other change for as long as that takes: it is refused.
 */
function withinTurn<T>(
  turn: Turn,
  work: Promise<T>,
  trusted: boolean,
): Promise<T> {
  if (trusted) return work;
  return new Promise<T>((resolve, reject) => {
    work.then(resolve, reject);
    turn.after(() => reject(new Error("A change may await nothing but its transaction")));
  });
}

/**
 * Moves everything into the database file, which the driver lets go of only when its statements are collected. Where
 * that fails (false) the write-ahead log holds what the file lacks, and the next opening finds it there.
 */
function checkpoint(db: Connection): boolean {
  try {
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return true;
  } catch {
    return false;
  }
}

function rollBack(db: Connection): void {
  if (db.inTransaction) db.run("ROLLBACK", []);
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error &&
    String(error.code).startsWith("SQLITE_BUSY");
}
