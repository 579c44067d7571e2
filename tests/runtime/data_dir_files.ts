import { join } from "node:path";
import type { ServerFile } from "../../src/runtime/data_dir.ts";

interface Place {
  readonly dataDir: string;
}

export const serverFileOf = ({ dataDir }: Place) => join(dataDir, "server.json");

/** What the server says of itself in its data directory; undefined where there is no such file. */
export async function readServerFile(place: Place): Promise<ServerFile | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(serverFileOf(place)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** The permission bits in octal. */
export async function modeOf(path: string): Promise<string> {
  return ((await Deno.stat(path)).mode! & 0o777).toString(8);
}
