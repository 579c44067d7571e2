import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What the server keeps in its data directory. */
const OURS = /^(?:lumenlog\.db(?:-wal|-shm|-journal)?|lock|server\.json)$/;

/** Removes the data of an earlier demo; refuses a folder that holds anything else. */
export function forget(dir: string): void {
  if (!existsSync(dir)) return;
  const names = readdirSync(dir);
  const foreign = names.find((name) => !OURS.test(name));
  if (foreign !== undefined) throw new Error(`Cannot begin anew in ${dir}: "${foreign}" there is not the demo's`);
  for (const name of names) rmSync(join(dir, name));
}
