import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { openFile } from "./libsql_file.ts";

/** What a running server says of itself in its data directory. */
export interface ServerFile {
  readonly pid: number;
  readonly url: string;
  readonly version: string;
}

/** A data directory that belongs to this process until it ends. */
export interface HeldDataDir {
  readonly path: string;
  /** Says where this server is; call it once it listens. */
  announce(server: ServerFile): void;
  /** Takes that back and lets go of the directory. */
  release(): void;
}

export type Holding =
  | { readonly ok: true; readonly dir: HeldDataDir }
  | { readonly ok: false; readonly reason: string };

const LOCK_WAIT_MS = 3000;
const LOCK_POLL_MS = 50;

const serverFile = (path: string) => join(path, "server.json");
const lockFile = (path: string) => join(path, "lock");

/** Makes the directory (0700, its files 0600) and takes its lock, waiting up to 3 s for another process to end. */
export async function holdDataDir(path: string): Promise<Holding> {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  const unlock = await lock(lockFile(path));
  if (!unlock) return { ok: false, reason: describeHolder(path) };
  // Only now: a server that is just ending removes files.
  rmSync(serverFile(path), { force: true }); // of one that died
  for (const name of readdirSync(path)) {
    if (statSync(join(path, name)).isFile()) chmodSync(join(path, name), 0o600);
  }
  const release = () => {
    rmSync(serverFile(path), { force: true });
    unlock();
  };
  return { ok: true, dir: { path, announce: (server) => writeServerFile(path, server), release } };
}

/** The server that runs on this directory now: one that holds its lock and says where it is. */
export function findRunningServer(path: string): ServerFile | undefined {
  if (!existsSync(lockFile(path))) return undefined;
  const unlock = tryLock(lockFile(path));
  unlock?.(); // nobody held it: whatever the file says is of a server that died
  return unlock ? undefined : readServerFile(path);
}

function readServerFile(path: string): ServerFile | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(serverFile(path), "utf8"));
    return isServerFile(found) ? found : undefined;
  } catch {
    return undefined; // no such file, or one that is being written by something else
  }
}

function isServerFile(value: unknown): value is ServerFile {
  return typeof value === "object" && value !== null && "pid" in value && typeof value.pid === "number" &&
    "url" in value && typeof value.url === "string" && "version" in value && typeof value.version === "string";
}

/**
 * An exclusive transaction on an SQLite file: the same on every runtime, and the operating system lets go of it when
 * the process dies, however that happens.
 */
async function lock(path: string): Promise<(() => void) | undefined> {
  const begun = performance.now();
  for (;;) {
    const unlock = tryLock(path);
    if (unlock) return unlock;
    if (performance.now() - begun >= LOCK_WAIT_MS) return undefined;
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
}

function tryLock(path: string): (() => void) | undefined {
  const connection = openFile(path, "lock");
  try {
    connection.exec("BEGIN EXCLUSIVE");
    return connection.close;
  } catch (error) {
    connection.close();
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY")) return undefined;
    throw error;
  }
}

function describeHolder(path: string): string {
  const server = readServerFile(path);
  const who = server ? `process ${server.pid} at ${server.url}` : "another process";
  return `Cannot use the data directory ${path}: ${who} is using it`;
}

/** Whole or not at all: a reader never sees half a file. */
function writeServerFile(path: string, server: ServerFile): void {
  const part = `${serverFile(path)}.part`;
  writeFileSync(part, JSON.stringify(server) + "\n", { mode: 0o600 });
  renameSync(part, serverFile(path));
}
