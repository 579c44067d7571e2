import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

const KEY_BYTES = 32;

/**
 * The key that marks of secrets are made with: a file of the data directory (0600), made when there is none. It is kept
 * apart from the database, so that who has that alone learns nothing from the marks. Throws when it is not as it must be.
 */
export function readConfigKey(dataDir: string): Uint8Array {
  const path = join(dataDir, "config.key");
  if (!existsSync(path)) make(path);
  const key = new Uint8Array(readFileSync(path));
  if (key.length === KEY_BYTES) return key;
  throw new Error(`Cannot use ${path}: it must have ${KEY_BYTES} bytes. Without the file a new key is made`);
}

/** Whole or not at all. The directory is this process's own. */
function make(path: string): void {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  const file = openSync(part, "wx", 0o600);
  try {
    writeSync(file, randomBytes(KEY_BYTES));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(part, path);
}
