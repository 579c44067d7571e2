import { bindActions, type Recorder } from "../audit/mod.ts";
import type { Clock, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import type { Log } from "../base/log.ts";
import type { Setting } from "../base/setting.ts";
import { backupActions } from "./actions.ts";
import { type AutoBackup, createAutomatic } from "./automatic.ts";
import { createFailures } from "./failures.ts";
import type { BackupFolder, OpenedFile } from "./folder.ts";
import { createIntake } from "./intake.ts";
import { createMaking } from "./making.ts";
import type { BackupKind } from "./names.ts";
import { createOneAtATime } from "./one_at_a_time.ts";
import { type Backup, createShelf, notThere } from "./shelf.ts";
import type { BackupTools } from "./tools.ts";
import { createUnpacking, type UnpackedBackup } from "./unpacking.ts";

export type { AutoBackup } from "./automatic.ts";
export type { Backup } from "./shelf.ts";
export type { UnpackedBackup } from "./unpacking.ts";

/** Whole copies of the database, each of them verified before it counts as made. */
export interface Backups {
  /** Newest first. */
  list(): Promise<readonly Backup[]>;
  /** Makes one of the database as it is now. A Refusal while another one is made, or when it cannot be. */
  make(kind: Extract<BackupKind, "manual" | "automatic">): Promise<Backup>;
  /**
   * The same as fast as can be, not packed, before the database is changed as a whole; the newest three stay. Nothing is kept
   * when what it is for does not come about: `agreed` rejects, and this with it. Backups that are `spared` stay, whichever they are.
   */
  keepCopy(agreed?: Promise<unknown>, spared?: readonly string[]): Promise<Backup>;
  /** Takes in a database, packed or not. A Refusal with the reason when it is none that could be restored. */
  takeIn(bytes: ReadableStream<Uint8Array>): Promise<Backup>;
  /** What a download is of; a Refusal when there is none of this name. */
  find(filename: string): Promise<Backup>;
  open(filename: string): Promise<OpenedFile>;
  remove(filename: string): Promise<void>;
  /** Where the file of the backup is; a Refusal when there is none. */
  path(filename: string): Promise<string>;
  /**
   * A verified copy of what is in a backup, as a database file of its own beside it, which the caller may change and has
   * to drop. A Refusal with the reason when it cannot be trusted.
   */
  unpack(filename: string): Promise<UnpackedBackup>;
  readonly settings: Setting<AutoBackup>;
  /** Makes the folder ready, if it can be, and begins with the automatic ones. */
  start(signal: AbortSignal): Promise<void>;
  /** Cuts what is under way and waits for its end. */
  stop(): Promise<void>;
}

export interface BackupsDeps {
  readonly folder: BackupFolder;
  readonly tools: BackupTools;
  readonly settings: Setting<AutoBackup>;
  readonly recorder: Recorder;
  /** The newest place in the log. */
  readonly head: () => Promise<number>;
  readonly context: Pick<ActorContext, "runAsSystem">;
  readonly clock: Clock;
  readonly turn: Pick<Turn, "delay">;
  readonly log: Log;
}

const MOST_SAFETY_COPIES = 3;

export function createBackups(deps: BackupsDeps): Backups {
  const { folder, tools, settings, context, log } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const actions = bindActions(deps.recorder, backupActions);
  const shelf = createShelf({ ...deps, actions });
  const failures = createFailures({ tools, log, signal });
  const lane = createOneAtATime();
  const making = createMaking({ ...deps, shelf, signal });
  const intake = createIntake({ folder, tools, making, lane, signal });
  const unpacking = createUnpacking({ folder, tools, signal });

  const make: Backups["make"] = (kind) => failures.explain("make a backup", () => lane.alone(() => making.make(kind)));
  const automatic = createAutomatic({ ...deps, shelf, make, busy: lane.busy });

  return {
    list: () => failures.explain("list the backups", shelf.list),
    make,
    keepCopy: async (agreed = Promise.resolve(), spared = []) => {
      const kept = await failures.explain("keep a copy of the database", () => lane.alone(() => making.copy(agreed)));
      const stay = [kept.filename, ...spared];
      await context.runAsSystem(() => shelf.keepNewest("safety", MOST_SAFETY_COPIES, stay)).catch((error: unknown) =>
        log.warning("An old safety copy could not be removed", { error: String(error) })
      );
      return kept;
    },
    takeIn: (bytes) => failures.explain("take this file in", () => intake.take(bytes)),
    find: (filename) => failures.explain(`find ${filename}`, () => shelf.get(filename)),
    open: (filename) =>
      failures.explain(`open ${filename}`, async () => {
        await shelf.get(filename);
        const opened = await folder.open(filename);
        if (opened === undefined) throw notThere(); // it went a moment ago
        return opened;
      }),
    remove: (filename) => failures.explain(`remove ${filename}`, () => shelf.remove(filename)),
    path: async (filename) => folder.pathOf((await shelf.get(filename)).filename),
    unpack: async (filename) => {
      const backup = await shelf.get(filename);
      return await failures.explain(`restore ${filename}`, () => unpacking(backup));
    },
    settings,
    start: async (until) => {
      // Lights are not to stay dark because a folder, or the disk that it is on, cannot be used.
      await folder.prepare().catch((error: unknown) =>
        log.error("The folder of the backups cannot be used: there are none until it can", { error: String(error) })
      );
      automatic.start(until);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([lane.idle(), intake.idle()]);
    },
  };
}
