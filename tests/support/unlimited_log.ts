import { join } from "node:path";
import { filePlace, openEngine } from "./engine.ts";

/** A data directory in the folder whose log keeps everything, for tests that write more than a log keeps otherwise. */
export async function prepareUnlimitedLog(dir: string): Promise<void> {
  const dataDir = join(dir, "data");
  await Deno.mkdir(dataDir);
  const engine = await openEngine(filePlace(dataDir));
  await engine.settings.change({ maxDays: null, maxEntries: null });
  await engine.close();
}
