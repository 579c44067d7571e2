import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Says that a folder is a demo's, and nobody's real home. */
const MARK = "demo.txt";
/** What the server and the demo keep in it. */
const OURS =
  /^(?:lumenlog\.db(?:[.-][\w.-]+)?|lock(?:-journal|-wal|-shm)?|(?:server|restart|update)\.json(?:\.part)?|config\.key|known_hosts|demo\.txt)$/;
/** A folder in it, and what the server keeps there. */
const BACKUPS = "backups";
const BACKUP = /^(?:lumenlog-[\w-]+\.db(?:\.gz)?|\.[\w.-]+\.part(?:-wal|-shm|-journal)?)$/;

/** Makes the folder the demo's; refuses one that holds anything else. */
export function claim(dir: string): void {
  mkdirSync(dir, { recursive: true });
  const names = readdirSync(dir);
  if (names.includes(MARK)) return;
  if (names.length > 0) throw new Error(`Cannot use ${dir}: "${names[0]}" there is not the demo's`);
  writeFileSync(join(dir, MARK), "This folder belongs to Lumenlog's demo, which may empty it.\n");
}

/** Empties the folder of an earlier demo; refuses one that holds anything else. */
export function forget(dir: string): void {
  if (!existsSync(dir)) return;
  const names = readdirSync(dir);
  if (names.length === 0) return;
  const foreign = names.includes(MARK) ? foreignIn(dir, names) : names[0];
  if (foreign !== undefined) throw new Error(`Cannot begin anew in ${dir}: "${foreign}" there is not the demo's`);
  for (const name of names) rmSync(join(dir, name), { recursive: name === BACKUPS });
}

/** The first of the names that is none of ours; backups are looked at too. */
function foreignIn(dir: string, names: readonly string[]): string | undefined {
  const backups = names.includes(BACKUPS) ? readdirSync(join(dir, BACKUPS)) : [];
  return names.find((name) => name !== BACKUPS && !OURS.test(name)) ?? backups.find((name) => !BACKUP.test(name));
}

/** Refuses a folder on which a server runs: another demo, or the server of one that was killed. */
export async function refuseRunning(dir: string): Promise<void> {
  const path = join(dir, "server.json");
  if (!existsSync(path)) return;
  const { pid, url }: { readonly pid: number; readonly url: string } = JSON.parse(readFileSync(path, "utf8"));
  const answer = await fetch(`${url}/health`).catch(() => undefined); // the file of a server that was killed
  await answer?.body?.cancel();
  if (answer?.ok) throw new Error(`Cannot start: a demo runs at ${url}/ already. To end it: kill ${pid}`);
}
