import type { RunAdb } from "../adb/program.ts";
import type { Clock, Entropy, Sql, Turn } from "../audit/ports.ts";
import type { AccessConfig } from "../auth/access_config.ts";
import type { DeclaredKey } from "../auth/declared_keys.ts";
import type { BackupSetup } from "../backups/setup.ts";
import type { Log } from "../base/log.ts";
import type { ServerControl } from "../base/server_control.ts";
import type { ConfigHistorySetup } from "../config_history/service.ts";
import type { DeviceHttp } from "../devices/device_http.ts";
import type { Network } from "../devices/provider.ts";
import type { DiscoverySetup } from "../discovery/neighbourhood.ts";
import type { ProcessFacts } from "../metrics/families.ts";
import type { Outside } from "../entities/definition.ts";
import type { AboutServer } from "../server/system_routes.ts";
import type { UpdateSetup } from "../updates/support.ts";

/** What the edge brings: the database, and the world as this runtime reaches it. */
export interface Host {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly turn: Turn;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly process: ProcessFacts;
  readonly control: ServerControl;
  readonly about: Omit<AboutServer, "version">;
  readonly backups: BackupSetup;
  /** Without it the program does not update itself. */
  readonly updates?: UpdateSetup;
  readonly outside: Outside;
  readonly deviceHttp: DeviceHttp;
  readonly deviceNetwork: Network;
  /** Milliseconds between two health checks of a device; 30 s when left out. */
  readonly deviceCheckMs?: number;
  /** For reading the configurations of devices; without it that is not done. */
  readonly configHistory?: ConfigHistorySetup;
  /** Runs this machine's adb; without it there is none. */
  readonly runAdb?: RunAdb;
  /** Where adb's own server listens; adb's usual port when left out. */
  readonly adbServerPort?: number | undefined;
  /** Without it nothing is found on the network, and this server is not announced. */
  readonly discovery?: DiscoverySetup;
  readonly access: AccessConfig;
  readonly declaredKeys: readonly DeclaredKey[];
  /** A file of `public/` by its path in it. */
  readonly readAsset: (name: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Calls at the times of a cron pattern until the signal aborts; nothing recurs when it is left out. */
  readonly schedule?: (pattern: string, work: () => Promise<void>, signal: AbortSignal) => void;
}
