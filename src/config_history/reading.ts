import type { Reader } from "../audit/ports.ts";
import { Refusal } from "../base/errors.ts";
import { findEntity } from "../entities/store.ts";
import { type Change, shownChange } from "./changes.ts";
import { compare, type Comparison } from "./comparison.ts";
import { type Hunk, hunksOf, unifiedText } from "./hunks.ts";
import { digestOf, sizeOf } from "./packing.ts";
import { countSnapshots, findCheck, findSnapshot, listSnapshots } from "./store.ts";
import type { Texts } from "./texts.ts";
import type { Check, Snapshot } from "./types.ts";

export interface History {
  /** Newest first. */
  readonly items: readonly Snapshot[];
  readonly total: number;
  readonly check: Check | undefined;
}

export interface SnapshotDiff {
  readonly snapshot: Snapshot;
  /** Null for the first. */
  readonly against: Snapshot | null;
  readonly hunks: readonly Hunk[];
  readonly unified: string;
  /** True when not every changed line is shown, or lines that stayed count as replaced. */
  readonly truncated: boolean;
  readonly linesAdded: number;
  readonly linesRemoved: number;
  readonly changes: readonly Change[];
}

/** What is stored, also of a device that is gone. Everything refuses with `not_found`. */
export interface HistoryReading {
  history(deviceId: string, limit: number): Promise<History>;
  /** Its hash and size are those of this text, also where an older version stored another one. */
  snapshot(deviceId: string, id: string): Promise<{ readonly snapshot: Snapshot; readonly text: string }>;
  /** Against the one before it, or another of the same device and type. */
  diff(deviceId: string, id: string, against: string | undefined): Promise<SnapshotDiff>;
}

const MOST_LINES = 20_000;
const MOST_CHANGES = 500;

export function createReading({ sql, texts }: { readonly sql: Reader; readonly texts: Texts }): HistoryReading {
  const get = async (deviceId: string, id: string) =>
    await findSnapshot(sql, deviceId, id) ?? refuseMissing(`Cannot find snapshot "${id}" of device "${deviceId}"`);
  const textOf = async (snapshot: Snapshot) =>
    await texts.read(snapshot) ?? refuseMissing(`Cannot find snapshot "${snapshot.id}": it was removed just now`);

  const otherOf = async (snapshot: Snapshot, against: string | undefined) => {
    const id = against ?? snapshot.previousId;
    const other = id === null ? null : await get(snapshot.deviceId, id);
    if (other === null || other.resourceType === snapshot.resourceType) return other;
    throw new Refusal("conflict", "Cannot compare these snapshots: the device was of another type then");
  };

  return {
    history: async (deviceId, limit) => {
      const [items, total, check, entity] = await Promise.all([
        listSnapshots(sql, deviceId, limit),
        countSnapshots(sql, deviceId),
        findCheck(sql, deviceId),
        findEntity(sql, "device", deviceId),
      ]);
      if (total === 0 && entity === undefined) refuseMissing(`Cannot find device "${deviceId}"`);
      return { items, total, check };
    },
    snapshot: async (deviceId, id) => {
      const snapshot = await get(deviceId, id);
      const text = await textOf(snapshot);
      return { snapshot: { ...snapshot, sha256: digestOf(text), size: sizeOf(text) }, text };
    },
    diff: async (deviceId, id, against) => {
      const snapshot = await get(deviceId, id);
      const other = await otherOf(snapshot, against);
      if (other === null) return { snapshot, against: null, ...NOTHING };
      const [before, after] = [await textOf(other), await textOf(snapshot)];
      const shown = show(compare(before, after, snapshot.resourceType), { before: other.id, after: snapshot.id });
      return { snapshot, against: other, ...shown };
    },
  };
}

function show(
  { edits, minimal, linesAdded, linesRemoved, changes }: Comparison,
  names: { readonly before: string; readonly after: string },
) {
  const { hunks, cut } = hunksOf(edits, MOST_LINES);
  const truncated = cut || !minimal || changes.length > MOST_CHANGES;
  const unified = unifiedText(hunks, names);
  return {
    hunks,
    unified,
    truncated,
    linesAdded,
    linesRemoved,
    changes: changes.slice(0, MOST_CHANGES).map(shownChange),
  };
}

const NOTHING = { hunks: [], unified: "", truncated: false, linesAdded: 0, linesRemoved: 0, changes: [] };

function refuseMissing(message: string): never {
  throw new Refusal("not_found", message);
}
