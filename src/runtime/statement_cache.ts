/** Statements that a connection keeps prepared. Tables come and go, and so do the texts that name them. */
const MOST = 256;

/** Keeps a prepared statement by its text; the one that was prepared first makes room. */
export function keepPrepared<T>(prepared: Map<string, T>, sql: string, statement: T): T {
  const [first] = prepared.keys();
  if (first !== undefined && prepared.size >= MOST) prepared.delete(first);
  prepared.set(sql, statement);
  return statement;
}
