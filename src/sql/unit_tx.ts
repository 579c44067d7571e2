import type { SqlRow, SqlValue, Tx } from "../audit/ports.ts";

/** A transaction handle that ends, and that holds the order: reads first, then writes. */
export interface UnitTx {
  readonly tx: Tx;
  /** Every later use throws. */
  end(): void;
}

const DONE = Promise.resolve();

export function createUnitTx(transaction: symbol, port: {
  all(sql: string, args: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  run(sql: string, args: readonly SqlValue[]): void;
}): UnitTx {
  let state: "reads" | "writes" | "ended" = "reads";
  const all = async <R extends object>(
    sql: string,
    args: readonly SqlValue[] = [],
  ) => {
    if (state === "ended") {
      throw new Error("Cannot read: this change has ended");
    }
    if (state === "writes") {
      throw new Error(
        "Cannot read after a write: a change reads first and writes at its end",
      );
    }
    // The caller names the row's shape as it names the columns in the text; nothing else knows it.
    return await port.all(sql, args) as readonly R[];
  };
  const tx: Tx = {
    transaction,
    all,
    get: async <R extends object>(
      sql: string,
      args: readonly SqlValue[] = [],
    ) => (await all<R>(sql, args))[0],
    // Not an async function: this runs for every entry, and each of those takes a turn of the microtask queue.
    run: (sql, args = []) => {
      try {
        if (state === "ended") throw new Error("Cannot write: this change has ended");
        state = "writes";
        port.run(sql, args);
        return DONE;
      } catch (error) {
        return Promise.reject(error);
      }
    },
  };
  return { tx, end: () => void (state = "ended") };
}
