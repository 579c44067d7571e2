import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "./update_files.ts";

/** The port of a server whose next start is to have it again is kept in the data directory, for so many milliseconds. */
const KEPT_MS = 60_000;

const fileOf = (dataDir: string) => join(dataDir, "restart.json");

/** `now`: milliseconds since 1970. Throws what the file system refuses. */
export function keepPort(dataDir: string, port: number, now: number): void {
  writeWhole(fileOf(dataDir), `${JSON.stringify({ port, at: now })}\n`);
}

/** Undefined when none was kept, or too long ago. Never throws. */
export function keptPort(dataDir: string, now: number): number | undefined {
  try {
    if (!existsSync(fileOf(dataDir))) return undefined;
    const kept: unknown = JSON.parse(readFileSync(fileOf(dataDir), "utf8"));
    return isKept(kept) && Math.abs(now - kept.at) < KEPT_MS ? kept.port : undefined;
  } catch {
    return undefined; // any port will do then
  }
}

/** Throws what the file system refuses; does nothing when none was kept. */
export const forgetPort = (dataDir: string): void => rmSync(fileOf(dataDir), { force: true });

function isKept(value: unknown): value is { readonly port: number; readonly at: number } {
  return typeof value === "object" && value !== null && "port" in value && Number.isInteger(value.port) &&
    Number(value.port) > 0 && Number(value.port) < 65_536 && "at" in value && typeof value.at === "number";
}
