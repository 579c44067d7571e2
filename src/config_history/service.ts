import { bindActions, type Recorder } from "../audit/mod.ts";
import type { Clock, Entropy, Reader, Turn } from "../audit/ports.ts";
import type { ActorContext } from "../base/context.ts";
import { Refusal } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import type { EntityChanged } from "../entities/service.ts";
import { findEntity, type StoredEntity } from "../entities/store.ts";
import { configActions } from "./actions.ts";
import { createBackUp, type Outcome } from "./backup.ts";
import { type Breathe, createBreathe } from "./breath.ts";
import { type CollectorPorts, COLLECTORS } from "./collector.ts";
import { gearOf } from "./gear.ts";
import { createReading, type HistoryReading } from "./reading.ts";
import { createRetention } from "./retention.ts";
import { createRuns } from "./runs.ts";
import { createMask, type Mask } from "./secrets.ts";
import { readChecks } from "./store.ts";
import { createTexts, type Texts } from "./texts.ts";
import type { Gear } from "./types.ts";
import { createWatches } from "./watches.ts";

/** What the configurations of devices were, and when they changed. */
export interface ConfigHistory extends HistoryReading {
  /** Takes over the devices that are stored; before the start. */
  load(stored: readonly StoredEntity[]): void;
  /** Hears of every change of a device, after it is stored. */
  entityChanged(change: EntityChanged["change"], entity: StoredEntity): void;
  /**
   * Reads the configuration of a device now, for whoever acts. Refuses with `not_found`; with `conflict` for a device that
   * has none, that is disabled, that lacks what is needed, or that somebody has read already; with `device_failed`,
   * `device_timeout` or `unavailable`.
   */
  backUp(id: string): Promise<Extract<Outcome, { readonly ok: true }>>;
  /** Begins to look at devices by itself; ends with the signal. */
  start(signal: AbortSignal): Promise<void>;
  /** Breaks off what is under way and waits for that. */
  stop(): Promise<void>;
}

/** What the edge brings; without it nothing is read from devices, and what is stored can still be seen. */
export interface ConfigHistorySetup {
  /** For the marks in place of secrets. */
  readonly key: Uint8Array;
  readonly runOverSsh: CollectorPorts["runOverSsh"];
  /** Whose devices these are: the `tenant_id` of entries. */
  readonly site: string;
}

export interface ConfigHistoryDeps {
  readonly sql: Reader;
  readonly recorder: Recorder;
  readonly context: ActorContext;
  readonly clock: Clock;
  readonly turn: Turn;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly newId: () => string;
  readonly readFile: CollectorPorts["readFile"];
  readonly setup: ConfigHistorySetup | undefined;
}

/** Characters that are read before others have their turn: some milliseconds. */
const WORK_IN_ONE_TURN = 100_000;

export function createConfigHistory(deps: ConfigHistoryDeps): ConfigHistory {
  const { sql, recorder, setup } = deps;
  const known = new Map<string, Gear>();
  const mask = setup && createMask(setup.key);
  const breathe = createBreathe(deps.turn, WORK_IN_ONE_TURN);
  const texts = createTexts({ sql, mask, breathe });
  const active = setup && mask && createActive(deps, setup, { mask, texts, breathe });

  const put = (entity: StoredEntity) => {
    const gear = gearOf(entity);
    if (gear) known.set(gear.id, gear);
    else known.delete(entity.id);
    return gear;
  };
  const remove = (id: string) => {
    known.delete(id);
    active?.watches.remove(id);
  };

  return {
    ...createReading({ sql, texts }),
    load: (stored) => stored.forEach(put),
    entityChanged: (change, entity) => {
      const gear = change === "deleted" ? undefined : put(entity);
      if (gear) active?.watches.put(gear);
      else remove(entity.id);
    },
    backUp: async (id) => {
      const gear = gearFor(id, await findEntity(sql, "device", id));
      if (active === undefined) {
        throw new Refusal("unavailable", "Cannot read configurations: this server is not set up for it");
      }
      const { outcome, joined } = await active.runs.manual(gear);
      active.watches.looked(id, outcome);
      if (!outcome.ok) throw outcome.refusal;
      if (joined) noteJoined(recorder, gear, { ...outcome, site: active.site });
      return outcome;
    },
    start: async (signal) => {
      if (active === undefined) return;
      createRetention(deps).start(signal);
      const checks = await readChecks(sql);
      active.watches.start([...known.values()], checks, signal);
    },
    stop: async () => await active?.runs.stop(),
  };
}

/** What reads from devices. */
function createActive(
  deps: ConfigHistoryDeps,
  { runOverSsh, site }: ConfigHistorySetup,
  tools: { readonly mask: Mask; readonly texts: Texts; readonly breathe: Breathe },
) {
  const ports = { readFile: deps.readFile, runOverSsh };
  const collect = { wled: COLLECTORS.wled(ports), routeros: COLLECTORS.routeros(ports) };
  const runs = createRuns(createBackUp({ ...deps, ...tools, site, collect }));
  return { site, runs, watches: createWatches({ ...deps, runs }) };
}

/** The device as it is now, if its configuration can be read. */
function gearFor(id: string, entity: StoredEntity | undefined): Gear {
  if (entity === undefined) throw new Refusal("not_found", `Cannot find device "${id}"`);
  const doing = `Cannot read the configuration of device '${entity.name}'`;
  const gear = gearOf(entity);
  if (gear === undefined) throw new Refusal("conflict", `${doing}: devices of its type have none`);
  if (!gear.enabled) throw new Refusal("conflict", `${doing}: it is disabled`);
  return gear;
}

/** The look itself is on record as the system's. */
function noteJoined(
  recorder: Recorder,
  { id, name, type }: Gear,
  { outcome, site }: { readonly outcome: string; readonly site: string },
): void {
  bindActions(recorder, configActions).record("config_backup_manual_trigger", {
    entityType: "device",
    entityId: id,
    entityName: name,
    metadata: { tenant_id: site, resource_type: type, outcome },
  });
}
