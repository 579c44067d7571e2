import { join } from "node:path";
import type { Entry } from "../../src/audit/mod.ts";
import type { Clock, Turn } from "../../src/audit/ports.ts";
import { AUTO_BACKUP_DEFAULTS } from "../../src/backups/automatic.ts";
import { type Backups, createBackups } from "../../src/backups/service.ts";
import { createLog } from "../../src/base/log.ts";
import { createBackupFolder } from "../../src/runtime/backup_folder.ts";
import { createBackupTools } from "../../src/runtime/backup_tools.ts";
import { openFile } from "../../src/runtime/libsql_file.ts";
import { programRoot, readMigrations } from "../../src/runtime/program_files.ts";
import { openSetting } from "../../src/settings/service.ts";
import { dbPath, filePlace, openEngine, type TestEngine, withTempDir } from "../support/engine.ts";

export const MIGRATIONS = readMigrations(programRoot());

export interface OpenOptions {
  readonly clock?: Clock;
  readonly delay?: Turn["delay"];
  /** Bytes that are free on the disk; what the system says when it is left out. */
  readonly free?: number;
  /** True for a database that is no file of this machine. */
  readonly elsewhere?: boolean;
}

/** Backups of a real database, without the rest of the server. */
export interface TestBackups {
  readonly dir: string;
  /** Where the backups are. */
  readonly folder: string;
  readonly engine: TestEngine;
  readonly backups: Backups;
  /** Lines of the process log. */
  readonly log: readonly string[];
  /** Every name in the folder, hidden ones too, in order. */
  names(): readonly string[];
  /** What is on record of backups, oldest first: action, actor, file. */
  recorded(): Promise<readonly string[]>;
  /** Runs work as somebody, and waits until what it recorded is stored. */
  as<T>(actor: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openBackups(dir: string, options: OpenOptions = {}): Promise<TestBackups> {
  const engine = await openEngine(filePlace(dir), options.clock ? { clock: options.clock } : {});
  const folder = join(dir, "backups");
  const log: string[] = [];
  const { free, elsewhere } = options;
  const place = elsewhere ? { kind: "remote", url: "http://127.0.0.1:1" } as const : filePlace(dir);
  const backups = createBackups({
    folder: { ...createBackupFolder(folder), ...(free !== undefined && { free: () => Promise.resolve(free) }) },
    tools: createBackupTools(place, MIGRATIONS),
    settings: await openSetting(engine, "auto_backup", AUTO_BACKUP_DEFAULTS),
    recorder: engine.recorder,
    head: engine.head,
    context: engine.context,
    clock: engine.ports.clock,
    turn: options.delay ? { delay: options.delay } : engine.ports.turn,
    log: createLog("debug", (line) => log.push(line), Date.now),
  });
  const stop = new AbortController();
  await backups.start(stop.signal);
  return {
    dir,
    folder,
    engine,
    backups,
    log,
    names: () => [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
    recorded: async () => {
      await engine.recorder.change(() => Promise.resolve()); // what the server itself recorded is stored before it
      const rows = await engine.sql.all<{ entry: string }>("SELECT entry FROM activity_log ORDER BY seq");
      // The text was written by the engine from a valid entry.
      return rows.map(({ entry }) => JSON.parse(entry) as Entry).filter(({ action }) => action.startsWith("backup."))
        .map(({ action, actor, metadata }) => `${action} ${actor} ${metadata["filename"]}`);
    },
    as: async (actor, work) => {
      const commits: Promise<void>[] = [];
      const done = await engine.context.run({ actor, recorded: (commit) => void commits.push(commit) }, work);
      await Promise.all(commits);
      return done;
    },
    close: async () => {
      stop.abort();
      await backups.stop();
      await engine.close();
    },
  };
}

/** Runs the work with backups of a new database that has one entry and one entity. */
export async function withBackups(work: (opened: TestBackups) => Promise<void>, options: OpenOptions = {}) {
  await withTempDir(async (dir) => {
    const opened = await openBackups(dir, options);
    try {
      await addEntity(opened.engine, "first");
      await work(opened);
    } finally {
      await opened.close();
    }
  });
}

/** A change as a person makes one: an entity and its entry. */
export const addEntity = (engine: TestEngine, name: string, description = ""): Promise<void> =>
  engine.recorder.change(async (tx) => {
    await tx.run(
      `INSERT INTO entity (id, type, name, description, tags, fields, secrets, version, created_at, updated_at)
       VALUES (?, 'gradient', ?, ?, '[]', '{}', '{}', 1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')`,
      [`gr_${name}`, name, description],
    );
    tx.record("entity", "entity.created", { entityType: "gradient", entityId: `gr_${name}`, entityName: name });
  });

/** The bytes of the live database, all in one file, as a person would copy it from a stopped server. */
export function bytesOf(dir: string): Uint8Array<ArrayBuffer> {
  const db = openFile(dbPath(dir), "write");
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
  return Deno.readFileSync(dbPath(dir));
}

/** A stream of these bytes, in pieces. */
export const streamOf = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> => new Blob([bytes]).stream();

/** Why it was refused, with the code; throws when it was not. */
export async function refusalOf(asked: Promise<unknown>): Promise<string> {
  const outcome = await asked.then(() => undefined, (error: unknown) => error);
  if (outcome instanceof Error && "code" in outcome) return `${outcome.code}: ${outcome.message}`;
  throw new Error(`It was not refused: ${outcome}`);
}
