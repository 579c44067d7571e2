import { hasForeignEntry, type RestoredLog } from "../audit/mod.ts";
import type { Clock, Entropy, Reader, Tx } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { ServerControl } from "../base/server_control.ts";
import { createFailures, Unsound } from "./failures.ts";
import { exchangeRows } from "./restore_exchange.ts";
import type { Backups, UnpackedBackup } from "./service.ts";
import { listDeclaredLabels, listUsableAdmins, readCopyFacts } from "./store.ts";

/** What a restore did. */
export interface Restored extends RestoredLog {
  readonly filename: string;
  /** The backup of the database as it was before. */
  readonly safetyCopy: string;
}

/** Makes the server again what it was when a backup was made, except its log, which never goes back. */
export interface Restorer {
  /**
   * Puts the configuration of the backup in the place of the present one, with `keys` the API keys too. The server goes on
   * inside the same process; nothing has changed when this rejects. A Refusal with the reason when that backup cannot be
   * restored: not_found, invalid, conflict, unavailable. One at a time.
   */
  restore(filename: string, wanted: { readonly keys: boolean }): Promise<Restored>;
}

/** What is done with database files, off the event loop; errors are the database's, with its code. */
export interface RestoreTools {
  /** Brings a database that nobody uses up to the present schema, and looks at it. */
  readyCopy<T>(
    path: string,
    look: (copy: Reader, beside: Reader) => Promise<T>,
  ): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }>;
  /** One transaction on a database that nobody uses, the other file attached as `backup`. */
  exchange<T>(path: string, backup: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  isDiskFull(error: unknown): boolean;
}

export interface RestorerDeps {
  readonly control: Pick<ServerControl, "alone">;
  readonly backups: Pick<Backups, "unpack" | "keepCopy">;
  readonly tools: RestoreTools;
  /** What keeps a server from working with the rows of this copy: a clause; undefined for nothing. */
  readonly findUnusable: (copy: Reader) => Promise<string | undefined>;
  /** The present database. */
  readonly sql: Reader;
  /** Who acts in the running scope. */
  readonly actor: () => string;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

export function createRestorer(deps: RestorerDeps): Restorer {
  const { control, backups, tools, actor, clock, entropy } = deps;
  // What the end of the server cuts is answered by nobody.
  const failures = createFailures({ ...deps, signal: new AbortController().signal });
  let underWay = false;

  const restoreFrom = async (copy: UnpackedBackup, filename: string, keys: boolean): Promise<RestoredLog> => {
    const by = actor();
    return await control.alone((path) =>
      tools.exchange(path, copy.path, (tx) => {
        return exchangeRows(tx, { filename, keys, actor: by, now: clock.now(), entropy });
      })
    );
  };

  const restore: Restorer["restore"] = async (filename, { keys }) => {
    const explained = <T>(work: () => Promise<T>) => failures.explain(`restore ${filename}`, work);
    const checked = openChecked(deps, filename, keys, explained);
    // Both read a whole database: beside each other that takes half as long.
    const [copy, kept] = await Promise.allSettled([checked, backups.keepCopy(checked, [filename])]);
    if (copy.status === "rejected") throw copy.reason;
    try {
      if (kept.status === "rejected") throw kept.reason;
      const restored = await explained(() => restoreFrom(copy.value, filename, keys));
      return { ...restored, filename, safetyCopy: kept.value.filename };
    } finally {
      await copy.value.drop();
    }
  };

  return {
    restore: async (filename, wanted) => {
      if (underWay) throw new Refusal("conflict", "Another restore is under way");
      underWay = true;
      try {
        return await restore(filename, wanted);
      } finally {
        underWay = false;
      }
    },
  };
}

/** What is in the backup, ready to be restored; rejects with what keeps it from that. */
async function openChecked(
  deps: RestorerDeps,
  filename: string,
  keys: boolean,
  explained: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<UnpackedBackup> {
  const copy = await deps.backups.unpack(filename);
  try {
    await explained(() => demandUsable(deps, copy.path, keys));
    return copy;
  } catch (error) {
    await copy.drop();
    throw error;
  }
}

/** Throws what keeps this backup from being restored, while the server still runs as it is. */
async function demandUsable(
  { tools, findUnusable, sql, clock }: RestorerDeps,
  path: string,
  keys: boolean,
): Promise<void> {
  const now = new Date(clock.now()).toISOString();
  const readied = await tools.readyCopy(path, async (copy, beside) => ({
    ...await readCopyFacts(copy),
    admins: await listUsableAdmins(copy, now),
    foreign: await hasForeignEntry([copy, beside]),
    unusable: await findUnusable(copy),
  }));
  if (!readied.ok) throw new Unsound(readied.reason);
  const { empty, sound, admins, foreign, unusable } = readied.value;
  if (empty) throw new Unsound("it is empty: it has no entries, nothing that was set up, and no keys");
  if (!sound || foreign) throw new Unsound("it is damaged: it holds what this program does not write");
  if (unusable !== undefined) throw new Unsound(`it is damaged: ${unusable}`);
  if (!keys) return;
  const declared = await listDeclaredLabels(sql);
  if (admins.every((label) => declared.includes(label))) {
    throw new Unsound("none of its keys is that of an admin who could use it; restore it without its keys");
  }
}
