import { Refusal } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { DatabaseFacts } from "../sql/inspection.ts";
import type { BackupFolder } from "./folder.ts";
import type { BackupKind } from "./names.ts";
import { demandRoom } from "./room.ts";
import type { Backup, Shelf } from "./shelf.ts";
import type { BackupTools } from "./tools.ts";

/** Leaves nothing behind but what is verified; rejects otherwise. Not twice at once. */
export interface Making {
  /** A packed copy of the database as it is now. */
  make(kind: BackupKind): Promise<Backup>;
  /** The same, not packed; not kept when `agreed` rejects, as this then does. */
  copy(agreed: Promise<unknown>): Promise<Backup>;
  /** Packs a database file that was verified, and keeps that. */
  pack(from: string, kind: BackupKind): Promise<Backup>;
}

interface Deps {
  readonly folder: BackupFolder;
  readonly tools: BackupTools;
  readonly shelf: Pick<Shelf, "put">;
  readonly head: () => Promise<number>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export function createMaking({ folder, tools, shelf, head, log, signal }: Deps): Making {
  const snapshot = async (to: string): Promise<void> => {
    if (tools.snapshot === null) throw notHere();
    const before = await head();
    await tools.snapshot(to, signal);
    const inspection = await tools.inspect(to, signal);
    if (!inspection.ok) throw unsound(inspection.reason);
    const after = await head();
    if (!isBetween(inspection.facts, before, after)) throw unsound("its log ends elsewhere");
  };

  const unsound = (reason: string) => {
    log.error("A copy of the database is not sound; look after the database itself", { reason });
    return new Refusal("unavailable", `Cannot make a backup: the copy of the database is not sound: ${reason}`);
  };

  const pack: Making["pack"] = (from, kind) =>
    withPart(folder, async (packed) => {
      const { bytes, sha256 } = await tools.pack(from, packed, { signal });
      const read = await tools.unpack(packed, null, { limit: bytes, signal });
      if (!read.ok || read.bytes !== bytes || read.sha256 !== sha256) {
        log.error("A backup could not be read back as it was written; look after the disk");
        throw new Refusal("unavailable", "Cannot make a backup: it cannot be read back as it was written");
      }
      return await shelf.put(packed, kind, true);
    });

  return {
    make: async (kind) => {
      await demandRoom(folder, 2 * await tools.liveBytes(), "make a backup");
      return await withPart(folder, async (plain) => {
        await snapshot(plain);
        return await pack(plain, kind);
      });
    },
    copy: async (agreed) => {
      await demandRoom(folder, await tools.liveBytes(), "keep a copy of the database");
      return await withPart(folder, async (plain) => {
        await snapshot(plain);
        await agreed;
        return await shelf.put(plain, "safety", false);
      });
    },
    pack,
  };
}

const isBetween = ({ headSeq }: DatabaseFacts, before: number, after: number) => before <= headSeq && headSeq <= after;

const notHere = () =>
  new Refusal("conflict", "Cannot make a backup: the database is on another server; back it up there");

/** Lends a file that is not listed and goes afterwards, unless it was kept. */
export async function withPart<T>(folder: BackupFolder, work: (part: string) => Promise<T>): Promise<T> {
  const part = await folder.begin();
  try {
    return await work(part);
  } finally {
    await folder.drop(part);
  }
}
