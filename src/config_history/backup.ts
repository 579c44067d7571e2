import { bindActions, type ChangeTx, type Recorder } from "../audit/mod.ts";
import type { Clock, Reader } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import type { Log } from "../base/log.ts";
import { findEntity } from "../entities/store.ts";
import { configActions } from "./actions.ts";
import type { Breathe } from "./breath.ts";
import type { Collect, Collected } from "./collector.ts";
import { compare, type Comparison } from "./comparison.ts";
import { gearOf, isSamePlace } from "./gear.ts";
import { NORMALISER_VERSION, TEXT_KINDS } from "./normalise.ts";
import { digestOf, pack, sizeOf } from "./packing.ts";
import type { Mask } from "./secrets.ts";
import { findCheck, findLatest, findSnapshot, insertSnapshot, type NewSnapshot, writeCheck } from "./store.ts";
import type { Texts } from "./texts.ts";
import type { Check, Gear, ResourceType, Snapshot, Trigger } from "./types.ts";

export type Outcome =
  | { readonly ok: true; readonly outcome: "stored" | "duplicate"; readonly snapshot: Snapshot; readonly check: Check }
  /** Nothing is stored but that it failed; `check` is left out when that is not on record either. */
  | { readonly ok: false; readonly refusal: Refusal; readonly check?: Check };

/** One look at the configuration of a device, from reading it to what is on record. Rejects when nothing can be stored. */
export type BackUp = (gear: Gear, trigger: Trigger, signal: AbortSignal) => Promise<Outcome>;

interface Deps {
  readonly sql: Reader;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly texts: Texts;
  readonly mask: Mask;
  readonly breathe: Breathe;
  readonly log: Pick<Log, "warning">;
  /** Whose devices these are. */
  readonly site: string;
  readonly collect: Readonly<Record<ResourceType, Collect>>;
}

/** What was read, ready to be stored. */
interface Reading {
  readonly text: string;
  readonly sha256: string;
}

/** What a reading differs in from the one before it; both left out for the first. */
interface Against {
  readonly before?: string | undefined;
  readonly compared?: Comparison;
}

const stopping = () => new Refusal("unavailable", "Cannot read the configuration: the server is stopping");

export function createBackUp(deps: Deps): BackUp {
  const { sql, recorder, clock, mask, site } = deps;
  const log = bindActions(recorder, configActions);
  const now = () => new Date(clock.now()).toISOString();

  const about = (gear: Gear) => ({ entityType: "device", entityId: gear.id, entityName: gear.name });
  const whose = (gear: Gear) => ({ tenant_id: site, resource_type: gear.type });

  const noteManual = (tx: ChangeTx, gear: Gear, trigger: Trigger, outcome: "stored" | "duplicate") => {
    if (trigger !== "manual") return;
    log.recordIn(tx, "config_backup_manual_trigger", { ...about(gear), metadata: { ...whose(gear), outcome } });
  };

  /** The device as it is called by now; rejects with a refusal when it is another one: then what was read is nobody's. */
  const currentOf = async (tx: ChangeTx, gear: Gear): Promise<Gear> => {
    const entity = await findEntity(tx, "device", gear.id);
    const current = entity && gearOf(entity);
    if (current && isSamePlace(current, gear)) return current;
    throw new Refusal("conflict", `Cannot keep the configuration of device '${gear.name}': it was changed meanwhile`);
  };

  const storeDuplicate = async (read: Gear, trigger: Trigger, latest: Snapshot): Promise<Outcome> => {
    const check: Check = { checkedAt: now(), outcome: "duplicate", problem: null, failures: 0 };
    await recorder.change(async (tx) => {
      const gear = await currentOf(tx, read);
      await writeCheck(tx, gear.id, check);
      const metadata = { ...whose(gear), sha256: latest.sha256, trigger };
      log.recordIn(tx, "config_snapshot_skipped_duplicate", { ...about(gear), metadata });
      noteManual(tx, gear, trigger, "duplicate");
    });
    return { ok: true, outcome: "duplicate", snapshot: latest, check };
  };

  const storeNew = async (read: Gear, trigger: Trigger, { text, sha256 }: Reading, { compared }: Against) => {
    const counts = compared &&
      { lines_added: compared.linesAdded, lines_removed: compared.linesRemoved, changes: compared.changes.length };
    const check: Check = { checkedAt: now(), outcome: "stored", problem: null, failures: 0 };
    const snapshot: NewSnapshot = {
      id: `cfg_${deps.newId()}`,
      deviceId: read.id,
      deviceName: read.name,
      resourceType: read.type,
      sha256,
      size: sizeOf(text),
      normaliser: NORMALISER_VERSION,
      trigger,
      createdAt: check.checkedAt,
      linesAdded: counts?.lines_added ?? null,
      linesRemoved: counts?.lines_removed ?? null,
      changes: counts?.changes ?? null,
      packed: await pack(text),
    };
    await recorder.change(async (tx) => {
      const gear = await currentOf(tx, read);
      await insertSnapshot(tx, { ...snapshot, deviceName: gear.name });
      await writeCheck(tx, gear.id, check);
      const which = { ...whose(gear), snapshot_id: snapshot.id };
      log.recordIn(tx, "config_snapshot_created", { ...about(gear), metadata: { ...which, sha256, trigger } });
      if (counts) log.recordIn(tx, "config_diff_generated", { ...about(gear), metadata: { ...which, ...counts } });
      noteManual(tx, gear, trigger, "stored");
    });
    return { snapshot, check };
  };

  /** What is stored may be damaged: that must not keep what is new from being stored. */
  const compareWith = async (latest: Snapshot, text: string): Promise<Against> => {
    try {
      const before = await deps.texts.read(latest);
      if (before === undefined || before === text) return { before };
      return { before, compared: compare(before, text, latest.resourceType) };
    } catch (error) {
      deps.log.warning("A stored configuration cannot be compared with the new one", {
        snapshot: latest.id,
        error: String(error),
      });
      return {};
    }
  };

  const store = async (gear: Gear, trigger: Trigger, reading: Reading): Promise<Outcome> => {
    const latest = await findLatest(sql, gear.id, gear.type);
    if (latest?.sha256 === reading.sha256) return await storeDuplicate(gear, trigger, latest);
    const against = latest ? await compareWith(latest, reading.text) : {};
    if (latest && against.before === reading.text) return await storeDuplicate(gear, trigger, latest);
    const { snapshot: { packed: _, ...stored }, check } = await storeNew(gear, trigger, reading, against);
    const snapshot = await findSnapshot(sql, gear.id, stored.id) ?? { ...stored, previousId: latest?.id ?? null };
    return { ok: true, outcome: "stored", snapshot, check };
  };

  const fail = async (gear: Gear, { code, words }: Extract<Collected, { ok: false }>): Promise<Outcome> => {
    const refusal = new Refusal(code, `Cannot read the configuration of device '${gear.name}': ${words}`);
    const check = await recorder.change(async (tx) => {
      const failures = ((await findCheck(tx, gear.id))?.failures ?? 0) + 1;
      const failed: Check = { checkedAt: now(), outcome: "failed", problem: refusal.message, failures };
      if (await findEntity(tx, "device", gear.id)) await writeCheck(tx, gear.id, failed);
      return failed;
    });
    return { ok: false, refusal, check };
  };

  return async (gear, trigger, signal) => {
    const collected = await deps.collect[gear.type](gear, signal);
    if (signal.aborted) return { ok: false, refusal: stopping() };
    if (!collected.ok) return await fail(gear, collected);
    const text = await TEXT_KINDS[gear.type].normalise(collected.text, mask, deps.breathe);
    if (text === undefined) {
      return await fail(gear, { ok: false, code: "device_failed", words: "its configuration nests too deeply" });
    }
    return await store(gear, trigger, { text, sha256: digestOf(text) });
  };
}
