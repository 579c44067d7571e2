import { useEffect, useRef } from "preact/hooks";
import { ago, count, localTime } from "../../base/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { Failed, Skeleton } from "../../parts/states.tsx";
import type { Device } from "../device.ts";
import { type Difference, differencePath, type Snapshot, snapshotPath } from "./answers.ts";
import { SnapshotPanel } from "./snapshot_panel.tsx";
import { useAnswer } from "./use_answer.ts";
import { changesWords, componentsWords, TRIGGER_WORDS } from "./words.ts";

export interface SnapshotRowProps {
  readonly device: Device;
  readonly snapshot: Snapshot;
  readonly items: readonly Snapshot[];
  readonly open: boolean;
  /** Whether to say what changed before it is opened. */
  readonly named: boolean;
  readonly toggle: () => void;
}

/** One snapshot in a line; opened, what it changed. */
export function SnapshotRow({ device, snapshot, items, open, named, toggle }: SnapshotRowProps) {
  const { id, previous_id, created_at, trigger, lines_added, lines_removed, changes } = snapshot;
  const row = useRef<HTMLLIElement>(null);
  // An address that names it leads to it; what it changed comes beneath it.
  useEffect(() => {
    if (open) row.current?.scrollIntoView();
  }, []);
  return (
    <li ref={row} class={open ? "config-row config-row-open" : "config-row"}>
      <button type="button" class="config-opener" aria-expanded={open} aria-controls={`open-${id}`} onClick={toggle}>
        <Icon name="chevron" />
        <time dateTime={created_at} title={ago(created_at)}>{localTime(created_at)}</time>
        <span class="config-counts">
          {changes === null ? (previous_id === null ? "first kept" : "not compared") : (
            <>
              <span class="config-added">+{count(lines_added ?? 0)}</span>{" "}
              <span class="config-removed">−{count(lines_removed ?? 0)}</span> {changesWords(changes)}
            </>
          )}
        </span>
        <span class="config-what cut">
          {named && changes !== null && changes > 0 && <Components device={device.id} id={id} />}
        </span>
        <span class="config-trigger quiet-text">{TRIGGER_WORDS[trigger]}</span>
      </button>
      <div id={`open-${id}`}>{open && <SnapshotPanel device={device} snapshot={snapshot} items={items} />}</div>
    </li>
  );
}

function Components({ device, id }: { readonly device: string; readonly id: string }) {
  const { value } = useAnswer<Difference>(differencePath(device, id));
  return value === undefined ? null : <span class="name">{componentsWords(value.changes)}</span>;
}

export interface ApartProps {
  readonly device: Device;
  readonly id: string;
  readonly items: readonly Snapshot[];
  readonly close: () => void;
}

/** A snapshot that the address names and the list does not hold. */
export function Apart({ device, id, items, close }: ApartProps) {
  const { value, problem, again } = useAnswer<Snapshot>(snapshotPath(device.id, id));
  if (value !== undefined) {
    return (
      <ol class="config-rows">
        <SnapshotRow device={device} snapshot={value} items={items} open named={false} toggle={close} />
      </ol>
    );
  }
  if (problem === undefined) return <Skeleton rows={2} />;
  if (problem.status !== 404) return <Failed what="read the snapshot" problem={problem} retry={again} />;
  return (
    <div class="config-problem" role="status">
      <p>There is no such snapshot of this device. It was removed as it grew old, or the link is not complete.</p>
      <p>
        <button type="button" onClick={close}>Close</button>
      </p>
    </div>
  );
}
