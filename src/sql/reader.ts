import type { Reader, SqlRow, SqlValue } from "../audit/ports.ts";

/** A reader over whatever answers with rows. */
export function createReader(
  answer: (sql: string, args: readonly SqlValue[]) => Promise<readonly SqlRow[]>,
): Reader {
  const all = async <R extends object>(sql: string, args: readonly SqlValue[] = []) =>
    // The caller names the row's shape as it names the columns in the text; nothing else knows it.
    await answer(sql, args) as readonly R[];
  return {
    all,
    get: async <R extends object>(sql: string, args: readonly SqlValue[] = []) => (await all<R>(sql, args))[0],
  };
}
