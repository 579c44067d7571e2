import type { Log } from "../base/log.ts";
import { proven, readMarker } from "../runtime/update_marker.ts";
import { VERSION } from "../version.ts";
import type { Edge } from "./edge.ts";
import { EXIT } from "./exit.ts";

/** What a version that an update brought has to go through; nothing for any other. */
export interface Trial {
  /** Passed once the server answers, which is asked again and again. */
  pass(answers: () => Promise<boolean>): Promise<void>;
}

interface TrialDeps {
  readonly dataDir: string;
  readonly edge: Pick<Edge, "exit">;
  readonly log: Log;
}

const LIMIT_MS = 30_000;
const AGAIN_MS = 250;

/** To be called before anything else of a start: without an answer in time the process ends, and whoever starts it again counts that. */
export function beginTrial({ dataDir, edge, log }: TrialDeps): Trial {
  if (readMarker(dataDir)?.to !== VERSION) return { pass: () => Promise.resolve() };
  let over = false;
  const limit = setTimeout(() => {
    over = true;
    log.error(`Version ${VERSION} does not answer: it ends`);
    edge.exit(EXIT.failure);
  }, LIMIT_MS);
  return {
    pass: async (answers) => {
      while (!over && !(await answers())) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      clearTimeout(limit);
      if (!over) proven(dataDir, VERSION);
    },
  };
}
