import type { Reader, Tx } from "../audit/ports.ts";

const NAME = "update.dismissed";

/** The version that nobody wants to be told of; undefined when there is none. */
export async function findDismissed(sql: Reader): Promise<string | undefined> {
  const row = await sql.get<{ version: string | null }>(
    "SELECT json_extract(value, '$.version') AS version FROM server_setting WHERE name = ?",
    [NAME],
  );
  return row?.version ?? undefined;
}

export async function writeDismissed(tx: Tx, version: string): Promise<void> {
  await tx.run(
    "INSERT INTO server_setting (name, value) VALUES (?, json_object('version', ?)) " +
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [NAME, version],
  );
}
