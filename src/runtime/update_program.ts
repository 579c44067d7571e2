import { createHash } from "node:crypto";
import { closeSync, existsSync, linkSync, openSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { chmod, chown, copyFile, type FileHandle, open, rm, stat } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import type { NewFile, ProgramFile } from "../updates/ports.ts";
import { runProgram } from "./run_program.ts";
import { putInPlace } from "./update_files.ts";
import { oldOf, readMarker, removeMarker, undoneUpdate, writeMarker } from "./update_marker.ts";
import { writeAll } from "./write_all.ts";

const SYSTEMS: Readonly<Record<string, string>> = { win32: "windows" };
const PIECE_BYTES = 1_048_576;
/** The first start of a program of this size may take a while on a slow card. */
const SAYS = { ms: 30_000, bytes: 4096, againMs: 300 } as const;
/** What the runtime inside needs to start; nothing else of this server's environment, which holds its keys. */
const ENVIRONMENT = ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot"];

type Environment = Readonly<Record<string, string | undefined>>;

export interface ProgramFileOptions {
  /** Absolute path of the program's own file. */
  readonly binary: string;
  readonly dataDir: string;
  readonly env: Environment;
}

/** The file that this process runs from, beside which the new version and the one before are kept. */
export function createProgramFile({ binary: path, dataDir, env }: ProgramFileOptions): ProgramFile {
  const binary = behindLinks(path);
  const old = oldOf(binary);
  const fresh = process.platform === "win32" ? `${binary}.new.exe` : `${binary}.new`;
  return {
    target: `${SYSTEMS[process.platform] ?? process.platform}-${process.arch}`,
    obstacle: () => existsSync(binary) ? obstacleOf(`${binary}.probe`) : MOVED,
    says: (signal) => askVersion(binary, env, signal),
    begin: async () => {
      await rm(fresh, { force: true });
      return newFile(fresh, { file: await open(fresh, "wx", 0o600), binary, env });
    },
    replace: async (_, { from, to, copy }) => {
      writeMarker(dataDir, { from, to, binary, old, starts: 0, copy: copy === null ? null : resolve(copy) });
      try {
        await keep(binary, old);
        putInPlace(fresh, binary);
      } catch (error) {
        removeMarker(dataDir);
        throw error;
      }
    },
    takeBack: () => {
      putInPlace(old, binary);
      removeMarker(dataDir);
    },
    undone: (version) => undoneUpdate(dataDir, version)?.to,
    tidy: (version) => {
      rmSync(fresh, { force: true });
      if (readMarker(dataDir)?.to !== version) removeMarker(dataDir);
    },
  };
}

const MOVED = "The file of this server's program is not where it was at the start: start the server from its new place";

/** The link stays. What is not there any more is no reason not to serve. */
function behindLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** By trying: what the file system says of rights does not tell of one that is mounted for reading. */
function obstacleOf(probe: string): string | null {
  try {
    rmSync(probe, { force: true });
    closeSync(openSync(probe, "wx", 0o600));
    rmSync(probe);
    return null;
  } catch {
    return "This server may not write to the folder of its program: update it the way it was installed";
  }
}

function newFile(
  path: string,
  { file, binary, env }: { readonly file: FileHandle; readonly binary: string; readonly env: Environment },
): NewFile {
  let closed = false;
  const close = async () => {
    if (!closed) await file.close();
    closed = true;
  };
  return {
    write: (bytes) => writeAll(file, bytes),
    finish: async () => {
      await file.sync();
      await close();
      await likePresent(path, binary);
    },
    digest: () => digestOf(path),
    says: async (signal) =>
      await askVersion(path, env, signal) ?? await later(SAYS.againMs, () => askVersion(path, env, signal)),
    discard: async () => {
      try {
        await close();
      } finally {
        await rm(path, { force: true }).catch(() => {}); // the next start removes it
      }
    },
  };
}

async function likePresent(path: string, present: string): Promise<void> {
  if (process.platform === "win32") return;
  const [mine, its] = [await stat(path), await stat(present)];
  if (mine.uid !== its.uid || mine.gid !== its.gid) await chown(path, its.uid, its.gid);
  await chmod(path, its.mode & 0o7777);
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path, "r");
  try {
    const piece = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, null);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(piece.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

async function askVersion(command: string, environment: Environment, signal: AbortSignal): Promise<string | undefined> {
  const env = Object.fromEntries(
    ENVIRONMENT.flatMap((name) => environment[name] === undefined ? [] : [[name, environment[name]] as const]),
  );
  const { ms: timeoutMs, bytes: maxBytes } = SAYS;
  const result = await runProgram({ command, args: ["--version"], env, timeoutMs, maxBytes, signal });
  return result.ok && result.code === 0 ? result.stdout : undefined;
}

/** A program that was just written may still count as open for writing in a process that is being started. */
const later = async <T>(ms: number, work: () => Promise<T>): Promise<T> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return await work();
};

/** As another name of the same file where the file system has such, else as a copy. */
async function keep(binary: string, old: string): Promise<void> {
  const part = `${old}.part`;
  rmSync(part, { force: true });
  try {
    try {
      linkSync(binary, part);
    } catch {
      await copyDurably(binary, part);
    }
    renameSync(part, old);
  } finally {
    rmSync(part, { force: true }); // renaming one name of a file over another one of it does nothing
  }
}

async function copyDurably(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  const { mode } = statSync(from);
  await chmod(to, mode & 0o7777);
  const file = await open(to, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
