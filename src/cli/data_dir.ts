import type { Config } from "../config.ts";
import { type HeldDataDir, holdDataDir } from "../runtime/data_dir.ts";
import { EXIT, Failure } from "./exit.ts";

/** Takes the configured data directory for this process. Throws a Failure when that cannot be. */
export async function holdConfigured({ dataDir }: Config): Promise<HeldDataDir> {
  const held = await holdDataDir(dataDir).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(EXIT.usage, `Cannot use the data directory ${dataDir}: ${reason}`);
  });
  if (!held.ok) throw new Failure(EXIT.usage, held.reason);
  return held.dir;
}
