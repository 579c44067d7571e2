import type { Reader, Tx } from "../audit/ports.ts";

/** The JSON text of a setting; undefined when it has its defaults. */
export async function findSetting(sql: Reader, name: string): Promise<string | undefined> {
  const row = await sql.get<{ value: string }>("SELECT value FROM server_setting WHERE name = ?", [name]);
  return row?.value;
}

export const listSettings = (sql: Reader): Promise<readonly { readonly name: string; readonly value: string }[]> =>
  sql.all<{ name: string; value: string }>("SELECT name, value FROM server_setting ORDER BY name");

export async function writeSetting(tx: Tx, name: string, value: string): Promise<void> {
  await tx.run(
    "INSERT INTO server_setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [name, value],
  );
}
