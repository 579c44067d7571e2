import type { Reader, Tx } from "../audit/ports.ts";

/** A found device that is remembered. */
export interface StoredFind {
  readonly id: string;
  readonly identity: string;
  readonly name: string;
  readonly deviceType: string;
  readonly url: string;
  readonly address: string;
  readonly host: string;
  readonly mac: string | null;
  readonly present: boolean;
  readonly recorded: boolean;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

/** Of those that were lost the oldest go first. */
const MOST_KEPT = 1000;

export async function loadFinds(sql: Reader): Promise<readonly StoredFind[]> {
  const rows = await sql.all<
    Omit<StoredFind, "present" | "recorded"> & { readonly present: number; readonly recorded: number }
  >(
    `SELECT id, identity, name, device_type AS deviceType, url, address, host, mac, present, recorded,
       first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt FROM discovered_device`,
  );
  return rows.map((row) => ({ ...row, present: row.present === 1, recorded: row.recorded === 1 }));
}

export async function saveFind(tx: Tx, find: StoredFind): Promise<void> {
  const { id, identity, name, deviceType, url, address, host, mac, present, recorded, firstSeenAt, lastSeenAt } = find;
  await tx.run(
    `INSERT OR REPLACE INTO discovered_device
       (id, identity, name, device_type, url, address, host, mac, present, recorded, first_seen_at, last_seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [id, identity, name, deviceType, url, address, host, mac, +present, +recorded, firstSeenAt, lastSeenAt],
  );
}

export async function deleteFind(tx: Tx, id: string): Promise<void> {
  await tx.run("DELETE FROM discovered_device WHERE id = ?", [id]);
}

export async function dropOldFinds(tx: Tx): Promise<void> {
  await tx.run(
    `DELETE FROM discovered_device WHERE present = 0 AND id NOT IN
       (SELECT id FROM discovered_device ORDER BY present DESC, last_seen_at DESC LIMIT ?)`,
    [MOST_KEPT],
  );
}

/** What a configured device shows of itself at its place, `host:port` or a host. */
export interface KnownIdentity {
  readonly deviceId: string;
  readonly identity: string;
  readonly place: string;
}

export function loadIdentities(sql: Reader): Promise<readonly KnownIdentity[]> {
  return sql.all<KnownIdentity>("SELECT device_id AS deviceId, identity, place FROM device_identity");
}

/** Of a device that is gone meanwhile nothing is stored. */
export async function saveIdentity(tx: Tx, { deviceId, identity, place }: KnownIdentity): Promise<void> {
  await tx.run(
    `INSERT OR REPLACE INTO device_identity (device_id, identity, place)
       SELECT id, ?, ? FROM entity WHERE id = ?`,
    [identity, place, deviceId],
  );
}
