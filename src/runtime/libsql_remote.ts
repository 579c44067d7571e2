import { createClient, LibsqlError } from "@libsql/client";
import { type SqlRow, type SqlValue, StorageUnavailable } from "../audit/ports.ts";
import type { BatchClient } from "../sql/connection.ts";

const REQUEST_LIMIT_MS = 5000;

/** A libSQL server (sqld, Turso) over HTTP. Each request has a time limit of 5 s. */
export function openRemote(
  url: string,
  authToken: string | undefined,
): BatchClient {
  const client = createClient({
    url: url.replace(/^libsql:/, "https:"),
    ...(authToken === undefined ? {} : { authToken }),
    intMode: "number",
    fetch: (request: Request) => fetch(request, { signal: AbortSignal.timeout(REQUEST_LIMIT_MS) }),
  });
  return {
    all: async (sql, args) => {
      const result = await reached(client.execute({ sql, args: [...args] }));
      return result.rows.map((row) => toRow(result.columns, row));
    },
    batch: async (statements) => {
      await reached(
        client.batch(
          statements.map(({ sql, args }) => ({ sql, args: [...args] })),
          "write",
        ),
      );
    },
    exec: (script) => reached(client.executeMultiple(script)),
    close: async () => {
      await Promise.resolve();
      client.close();
    },
  };
}

/** What the database says of the statement itself; SQLITE_BUSY says that it could not even begin. */
const REFUSAL = /^(?!SQLITE_BUSY)(?:SQLITE|SQL_|ARGS_)/;

/** An error that is not the database's word on the statement leaves open whether it arrived. */
async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof LibsqlError && REFUSAL.test(error.code)) throw error;
    // A number that cannot be sent, or cannot be read: the same at every attempt.
    if (error instanceof RangeError) throw error;
    throw new StorageUnavailable("Cannot reach the database", { cause: error });
  }
}

function toRow(columns: readonly string[], row: ArrayLike<unknown>): SqlRow {
  const named: Record<string, SqlValue> = {};
  for (const [index, name] of columns.entries()) {
    named[name] = toValue(row[index]);
  }
  return named;
}

function toValue(value: unknown): SqlValue {
  if (
    typeof value === "string" || typeof value === "number" || value === null
  ) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new Error(`Cannot read a database value of type ${typeof value}`);
}
