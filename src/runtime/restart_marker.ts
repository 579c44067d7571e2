import { existsSync } from "node:fs";
import { join } from "node:path";

/** Whether an update has been applied that has not yet shown that it works; asked at every start, so it looks for no more than a file. */
export const hasUpdateMarker = (dataDir: string): boolean => existsSync(join(dataDir, "update.json"));

/** What reads it comes only when there is one: a parent process starts without. */
export const loadUpdateMarker = async () => await import("./update_marker.ts");
