import type { Recording } from "../audit/mod.ts";
import type { Clock } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import type { backupActions } from "./actions.ts";
import type { BackupFolder, KeptFile } from "./folder.ts";
import { type BackupKind, type BackupName, nameOf, parseName } from "./names.ts";

/** A backup that is there. */
export interface Backup extends BackupName {
  /** Bytes of the file. */
  readonly size: number;
}

/** The backups that there are; what comes and goes is put on record. */
export interface Shelf {
  /** Newest first. */
  list(): Promise<readonly Backup[]>;
  /** A Refusal when there is none of this name. */
  get(filename: string): Promise<Backup>;
  /** Gives the part file a name of its own, which is then on record. */
  put(part: string, kind: BackupKind, packed: boolean): Promise<Backup>;
  remove(filename: string): Promise<void>;
  /** Removes all of the kind but the newest; those in `spared` stay whatever the clock was when they were made. */
  keepNewest(kind: BackupKind, count: number, spared: readonly string[]): Promise<void>;
}

interface Deps {
  readonly folder: BackupFolder;
  readonly clock: Clock;
  readonly actions: Recording<typeof backupActions>;
}

export function createShelf({ folder, clock, actions }: Deps): Shelf {
  const list = async (): Promise<readonly Backup[]> =>
    (await folder.list()).flatMap(known).sort((a, b) =>
      b.createdAt - a.createdAt || (a.filename < b.filename ? 1 : -1)
    );

  const remove = async (filename: string): Promise<boolean> => {
    const removed = parseName(filename) !== undefined && await folder.remove(filename);
    if (removed) actions.record("backup.deleted", { metadata: { filename } });
    return removed;
  };

  /** No two of the same millisecond, so that their order is that of their names. */
  const newName = async (kind: BackupKind, packed: boolean): Promise<BackupName> => {
    const taken = new Set((await list()).map(({ createdAt }) => createdAt));
    let time = clock.now();
    while (taken.has(time)) time++;
    return nameOf(kind, time, packed);
  };

  return {
    list,
    get: async (filename) => {
      const name = parseName(filename);
      const file = name && await folder.find(filename);
      if (name === undefined || file === undefined) throw notThere();
      return { ...name, size: file.size };
    },
    put: async (part, kind, packed) => {
      const name = await newName(kind, packed);
      const { size } = await folder.keep(part, name.filename);
      actions.record("backup.created", { metadata: { filename: name.filename } });
      return { ...name, size };
    },
    remove: async (filename) => {
      if (!await remove(filename)) throw notThere();
    },
    keepNewest: async (kind, count, spared) => {
      const all = (await list()).filter((backup) => backup.kind === kind);
      const others = all.filter(({ filename }) => !spared.includes(filename));
      const more = Math.max(0, count - (all.length - others.length));
      for (const { filename } of others.slice(more)) await remove(filename);
    },
  };
}

function known(file: KeptFile): readonly Backup[] {
  const name = parseName(file.filename);
  return name === undefined ? [] : [{ ...name, size: file.size }];
}

export const notThere = () => new Refusal("not_found", "There is no backup of this name");
