import { randomUUID } from "node:crypto";
import { constants, promises } from "node:fs";
import { chmod, copyFile, lstat, mkdir, open, readdir, rename, rm, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { BackupFolder, KeptFile } from "../backups/folder.ts";
import { fillFile } from "./backup_upload.ts";
import { openDownload } from "./backup_download.ts";

/** Half-done files, and what a database leaves beside its own file. */
const HALF_DONE = /^\..*\.part(?:-wal|-shm|-journal)?$/;

/** Where a data directory keeps its backups. */
export const backupsFolder = (dataDir: string) => join(dataDir, "backups");

/** The backups of a data directory, in a folder for this user alone. Its database is never touched. */
export function createBackupFolder(folder: string): BackupFolder {
  const pathOf = (filename: string) => join(folder, filename);

  const ready = async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
  };

  const find = async (filename: string): Promise<KeptFile | undefined> => {
    const found = await ifThere(lstat(pathOf(filename)));
    return found?.isFile() ? { filename, size: found.size } : undefined;
  };

  const drop = async (part: string) => {
    for (const beside of ["", "-wal", "-shm", "-journal"]) await rm(part + beside, { force: true });
  };

  return {
    pathOf,
    find,
    drop,
    prepare: async () => {
      await ready();
      for (const name of await readdir(folder)) if (HALF_DONE.test(name)) await rm(pathOf(name), { force: true });
    },
    list: async () => {
      const names = await ifThere(readdir(folder)) ?? [];
      return (await Promise.all(names.map(find))).flatMap((file) => file ?? []);
    },
    open: async (filename) => {
      const found = await find(filename);
      return found && await openDownload(pathOf(filename), found);
    },
    remove: async (filename) => {
      if (await find(filename) === undefined) return false;
      return await ifThere(unlink(pathOf(filename)).then(() => true)) ?? false;
    },
    begin: async () => {
      await ready();
      const part = pathOf(`.${randomUUID()}.part`);
      await (await open(part, "wx", 0o600)).close();
      return part;
    },
    keep: async (part, filename) => {
      await onDisk(part);
      await rename(part, pathOf(filename));
      await onDisk(folder).catch(() => undefined); // not every system can do that with a folder
      return { filename, size: (await lstat(pathOf(filename))).size };
    },
    fill: fillFile,
    sizeOf: async (path) => (await stat(path)).size,
    copy: (from, to) => copyFile(from, to, constants.COPYFILE_FICLONE),
    head: async (path, length) => {
      const file = await open(path, "r");
      try {
        const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, 0);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    patch: async (path, at, bytes) => {
      const file = await open(path, "r+");
      try {
        await file.write(bytes, 0, bytes.length, at);
      } finally {
        await file.close();
      }
    },
    // Where the program may not ask, or the system does not tell, a full disk shows itself later.
    free: async () => {
      // Deno 2.4 has it here and not in node:fs/promises.
      const told = await promises.statfs(folder).catch(() => undefined);
      return told && told.bavail * told.bsize;
    },
  };
}

/** Undefined when nothing is there. */
async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** A runtime without codes on these errors names them instead. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && (("code" in error && error.code === "ENOENT") || error.name === "NotFound");

async function onDisk(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
