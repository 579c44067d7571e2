import { appendRecorded, bindActions, type RestoredLog, restoreLog } from "../audit/mod.ts";
import type { Entropy, Tx } from "../audit/ports.ts";
import { backupActions } from "./actions.ts";
import { isInUse, replaceConfiguration, replaceKeys, takeLabels } from "./store.ts";

export interface Exchange {
  /** The backup's name, for the log. */
  readonly filename: string;
  /** Whether the keys of the backup take the place of the present ones. */
  readonly keys: boolean;
  /** Who asked for it. */
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly entropy: Entropy;
}

/**
 * Makes of the database `main` what it is to be after a restore from the attached `backup`, and puts that on record, in a
 * transaction that the caller commits. Both have the present schema, and nobody else uses them.
 */
export async function exchangeRows(tx: Tx, exchange: Exchange): Promise<RestoredLog> {
  const { filename, keys, entropy } = exchange;
  const now = new Date(exchange.now).toISOString();
  const inUse = await isInUse(tx);
  await replaceConfiguration(tx);
  const restored = await restoreLog(tx, { inUse, newLogId: () => hex(entropy.bytes(16)) });
  if (keys) await replaceKeys(tx, now);
  else if (restored.log === "taken") await takeLabels(tx, now);
  await appendRecorded(tx, exchange, (recorder) => {
    const metadata = { filename, from_seq: restored.fromSeq, carried: restored.carried };
    bindActions(recorder, backupActions).record("backup.restored", { metadata });
  });
  return restored;
}

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
