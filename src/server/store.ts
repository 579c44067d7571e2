import type { Reader, Tx } from "../audit/ports.ts";

/** True while a server runs on this database, and after one that was not stopped in order. */
export async function readRunning(sql: Reader): Promise<boolean> {
  const row = await sql.get<{ running: number }>("SELECT running FROM server_state WHERE id = 1");
  return row?.running === 1;
}

export async function writeRunning(tx: Tx, running: boolean): Promise<void> {
  await tx.run("UPDATE server_state SET running = ? WHERE id = 1", [running ? 1 : 0]);
}
