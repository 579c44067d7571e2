import { useSignal } from "@preact/signals";
import { withQuery } from "../../base/api.ts";
import { count, localTime } from "../../base/format.ts";
import { report } from "../../base/report.ts";
import { Icon } from "../../parts/icon.tsx";
import { Failed, Skeleton } from "../../parts/states.tsx";
import { useUi } from "../../ui.ts";
import type { Device } from "../device.ts";
import { type Difference, differencePath, type Snapshot, snapshotPath, type WholeSnapshot } from "./answers.ts";
import { ChangeList } from "./change_list.tsx";
import { DiffView } from "./diff_view.tsx";
import { saveText } from "./save_text.ts";
import { useAnswer } from "./use_answer.ts";
import { useParts } from "../use_parts.ts";
import { fileName } from "./words.ts";

export interface SnapshotPanelProps {
  readonly device: Device;
  readonly snapshot: Snapshot;
  /** What it can be compared with. */
  readonly items: readonly Snapshot[];
}

/** A snapshot that is open: what it changed, or the whole of it. */
export function SnapshotPanel({ device, snapshot, items }: SnapshotPanelProps) {
  const parts = useParts();
  const text = parts.of("view") === "text";
  const against = parts.of("against");
  return (
    <div class="config-open">
      <div class="actions">
        <div class="chip-group" role="group" aria-label="Show">
          <button type="button" class="chip" aria-pressed={!text} onClick={() => parts.set({ view: undefined })}>
            Changes
          </button>
          <button type="button" class="chip" aria-pressed={text} onClick={() => parts.set({ view: "text" })}>
            Whole text
          </button>
        </div>
        {!text && <Against snapshot={snapshot} items={items} against={against} set={parts.set} />}
        <Download device={device} snapshot={snapshot} />
      </div>
      {text
        ? <Whole device={device.id} id={snapshot.id} />
        : <Changed device={device.id} snapshot={snapshot} items={items} against={against} />}
      <p class="quiet-text">
        {snapshot.created_at} (UTC), {count(snapshot.size)} bytes, SHA-256 <code>{snapshot.sha256}</code>
      </p>
    </div>
  );
}

interface AgainstProps {
  readonly snapshot: Snapshot;
  readonly items: readonly Snapshot[];
  readonly against: string | undefined;
  readonly set: ReturnType<typeof useParts>["set"];
}

function Against({ snapshot: { id, previous_id }, items, against, set }: AgainstProps) {
  const others = items.filter((other) => other.id !== id && other.id !== previous_id);
  const listed = against === undefined || others.some((other) => other.id === against);
  return (
    <label class="config-against">
      <span class="light-label">Compare with</span>
      <select value={against ?? ""} onChange={({ currentTarget: { value } }) => set({ against: value || undefined })}>
        <option value="">{previous_id === null ? "nothing before" : "the one before"}</option>
        {!listed && <option value={against}>one that is not listed</option>}
        {others.map((other) => <option key={other.id} value={other.id}>{localTime(other.created_at)}</option>)}
      </select>
    </label>
  );
}

interface ChangedProps extends Omit<SnapshotPanelProps, "device"> {
  readonly device: string;
  readonly against: string | undefined;
}

function Changed({ device, snapshot, items, against }: ChangedProps) {
  const path = withQuery(differencePath(device, snapshot.id), { against });
  const { value, fresh, problem, again } = useAnswer<Difference>(path);
  if (problem !== undefined) return <Failed what="compare the snapshots" problem={problem} retry={again} />;
  if (value === undefined) return <Skeleton rows={4} />;
  if (value.against === null) {
    return <p>It is the first that is kept: there is nothing before it to compare with. “Whole text” shows it.</p>;
  }
  const other = items.find(({ id }) => id === value.against);
  return (
    <div class="config-changed" aria-busy={!fresh}>
      {value.changes.length > 0 && <ChangeList changes={value.changes} />}
      {value.hunks.length === 0 ? <p>Both are the same.</p> : (
        <DiffView
          key={`${value.snapshot_id} ${value.against}`}
          hunks={value.hunks}
          before={other === undefined ? "the one before" : localTime(other.created_at)}
          after={localTime(snapshot.created_at)}
        />
      )}
      {value.truncated && (
        <p class="quiet-text">There are more changes than can be shown here: the whole text has them all.</p>
      )}
    </div>
  );
}

function Whole({ device, id }: { readonly device: string; readonly id: string }) {
  const { value, problem, again } = useAnswer<WholeSnapshot>(snapshotPath(device, id));
  if (problem !== undefined) return <Failed what="read the snapshot" problem={problem} retry={again} />;
  if (value === undefined) return <Skeleton rows={8} />;
  return <pre class="config-text" tabIndex={0} aria-label="Whole text">{value.text}</pre>;
}

function Download({ device, snapshot }: { readonly device: Device; readonly snapshot: Snapshot }) {
  const { api, notices } = useUi();
  const busy = useSignal(false);
  const save = async () => {
    busy.value = true;
    const answer = await api.get<WholeSnapshot>(snapshotPath(device.id, snapshot.id));
    busy.value = false;
    if (answer.ok) saveText(fileName(device.name, snapshot), answer.value.text);
    else notices.say(`Cannot download the snapshot: ${answer.problem.detail}`, "error");
  };
  return (
    <button
      type="button"
      aria-disabled={busy.value}
      onClick={() => busy.value || void save().catch(report)}
    >
      <Icon name="download" /> Download
    </button>
  );
}
