import { join } from "node:path";
import { type App, createApp } from "../app.ts";
import type { AccessConfig } from "../auth/access_config.ts";
import type { DeclaredKey } from "../auth/declared_keys.ts";
import type { ServerControl } from "../base/server_control.ts";
import type { Log } from "../base/log.ts";
import type { Config } from "../config.ts";
import { adbServerPort, createRunAdb } from "../runtime/adb.ts";
import { readConfigKey } from "../runtime/config_key.ts";
import { createLanHttp } from "../runtime/lan_http.ts";
import { createLanNetwork } from "../runtime/lan_network.ts";
import { createOutside } from "../runtime/outside.ts";
import type { systemPorts } from "../runtime/ports.ts";
import { systemProcess } from "../runtime/process_facts.ts";
import { programRoot, readAsset } from "../runtime/program_files.ts";
import { createRunOverSsh } from "../runtime/ssh.ts";
import type { Edge } from "./edge.ts";
import { mdnsOf } from "./mdns.ts";
import { openConfigured } from "./open_database.ts";
import { backupsOf, updatesOf } from "./upkeep.ts";

/** The app on an open database; when that is exchanged, or the server begins anew, another one follows. */
export interface Generation {
  readonly app: App;
  /** Lets go of the database and the network; to be called once the app has stopped. */
  close(): Promise<void>;
}

export interface Ground {
  readonly edge: Edge;
  readonly config: Config;
  readonly ports: ReturnType<typeof systemPorts>;
  readonly log: Log;
  readonly access: AccessConfig;
  readonly declaredKeys: readonly DeclaredKey[];
  /** Path of the data directory, which this process holds. */
  readonly dataDir: string;
  readonly control: ServerControl;
  /** When the server began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Known once it listens. */
  readonly ownPort: () => number | undefined;
}

/** Opens the database and builds the app on it. Throws a Failure when that cannot be. */
export async function openGeneration(ground: Ground): Promise<Generation> {
  const { edge, config, ports, log, dataDir, ownPort } = ground;
  const sql = await openConfigured(config, ports);
  const deviceNetwork = createLanNetwork();
  const close = async () => {
    await deviceNetwork.close();
    await sql.close();
  };
  try {
    const root = programRoot();
    const deviceHttp = createLanHttp({ ownPort });
    const app = await createApp({
      ...ports,
      sql,
      log,
      process: systemProcess(),
      control: ground.control,
      about: { runtime: edge.runtime, database: config.database.kind, startedAt: ground.startedAt },
      backups: backupsOf(config, dataDir, ports.clock.now),
      updates: updatesOf(ground),
      access: ground.access,
      declaredKeys: ground.declaredKeys,
      outside: createOutside(deviceHttp),
      deviceHttp,
      deviceNetwork,
      deviceCheckMs: config.deviceCheckSeconds * 1000,
      runAdb: createRunAdb(edge.env),
      adbServerPort: adbServerPort(edge.env),
      configHistory: {
        key: readConfigKey(dataDir),
        runOverSsh: createRunOverSsh({ environment: edge.env, knownHosts: join(dataDir, "known_hosts") }),
        site: config.site,
      },
      ...mdnsOf(config, { ...ports, log, hostName: edge.hostName, port: () => ownPort() ?? config.port }),
      readAsset: (name) => Promise.resolve(readAsset(root, name)),
      schedule: edge.schedule,
    });
    return { app, close };
  } catch (error) {
    await close();
    throw error;
  }
}
