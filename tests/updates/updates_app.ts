import { join } from "node:path";
import { createLog } from "../../src/base/log.ts";
import type { RestartWay } from "../../src/base/server_control.ts";
import { createProgramFile } from "../../src/runtime/update_program.ts";
import { createReleaseHttp } from "../../src/runtime/update_http.ts";
import { serverActions } from "../../src/server/actions.ts";
import { openSetting } from "../../src/settings/service.ts";
import { DEFAULT_UPDATE_SETTINGS, type UpdateSettings } from "../../src/updates/schemas.ts";
import { openUpdates, type Updates, type UpdatesDeps } from "../../src/updates/service.ts";
import { bindActions, type Entry } from "../../src/audit/mod.ts";
import { filePlace, openEngine, type TestEngine } from "../support/engine.ts";
import { withTempDir } from "../support/temp_dir.ts";
import { programText, type ReleaseServer, startReleaseServer } from "./release_server.ts";

export const VERSION = "1.0.0";

/** The real service over a real database, a folder with a program that is an update away from the next, and a server of releases. */
export interface UpdatesTest {
  readonly dir: string;
  readonly dataDir: string;
  readonly binary: string;
  readonly releases: ReleaseServer;
  readonly engine: TestEngine;
  /** How the end of the server was asked for. */
  readonly ended: string[];
  readonly log: string[];
  open(options?: OpenOptions): Promise<Updates>;
  /** Everything in the log, oldest first. */
  entries(): Promise<readonly Pick<Entry, "action" | "actor" | "metadata">[]>;
  /** Names in the program's folder. */
  files(): readonly string[];
}

export interface OpenOptions extends Partial<Pick<UpdatesDeps, "turn" | "beforeApply" | "version">> {
  readonly url?: string | null;
  readonly key?: string | null;
  readonly restarts?: RestartWay;
  readonly noProgram?: boolean;
  readonly idleMs?: number;
  readonly dataDir?: string;
}

export async function withUpdates(work: (test: UpdatesTest) => Promise<void>): Promise<void> {
  await withTempDir(async (dir) => {
    const [dataDir, bin] = [join(dir, "data"), join(dir, "bin")];
    for (const folder of [dataDir, bin]) await Deno.mkdir(folder);
    const binary = join(bin, "lumenlog");
    await Deno.writeFile(binary, programText(`lumenlog ${VERSION}`), { mode: 0o751 });
    await Deno.chmod(binary, 0o751);
    const engine = await openEngine(filePlace(dataDir));
    const releases = startReleaseServer();
    const opened: Updates[] = [];
    const [ended, log]: [string[], string[]] = [[], []];
    try {
      await work({
        dir,
        dataDir,
        binary,
        releases,
        engine,
        ended,
        log,
        open: async (options = {}) => {
          const updates = await openUpdates({
            ...engine.ports,
            sql: engine.sql,
            recorder: engine.recorder,
            log: createLog("debug", (line) => log.push(line), () => 0),
            control: {
              restarts: options.restarts ?? "supervisor",
              end: (how, reason) => void ended.push(`${how} for ${reason}`),
            },
            recordRestart: (tx) => bindActions(engine.recorder, serverActions).recordIn(tx, "server.restarting"),
            version: options.version ?? VERSION,
            settings: await openSetting<UpdateSettings>(engine, "update", DEFAULT_UPDATE_SETTINGS),
            setup: {
              url: options.url === undefined ? releases.url : options.url,
              key: options.key === undefined ? releases.publicKey : options.key,
              program: options.noProgram ? null : createProgramFile({
                binary,
                dataDir: options.dataDir ?? dataDir,
                env: Deno.env.toObject(),
              }),
              http: createReleaseHttp({ idleMs: options.idleMs ?? 60_000 }),
            },
            ...(options.turn && { turn: options.turn }),
            ...(options.beforeApply && { beforeApply: options.beforeApply }),
          });
          opened.push(updates);
          return updates;
        },
        entries: async () => {
          const rows = await engine.sql.all<{ entry: string }>("SELECT entry FROM activity_log ORDER BY seq");
          return rows.map(({ entry }) => JSON.parse(entry));
        },
        files: () => [...Deno.readDirSync(bin)].map(({ name }) => name).sort(),
      });
    } finally {
      for (const updates of opened) await updates.stop();
      await releases.close();
      await engine.close();
    }
  });
}
