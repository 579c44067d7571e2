import { useSignal } from "@preact/signals";
import { Empty, Failed, Skeleton } from "../../parts/states.tsx";
import type { Device } from "../device.ts";
import type { History } from "./answers.ts";
import { BackUp } from "./back_up.tsx";
import { Apart, SnapshotRow } from "./snapshot_row.tsx";
import { useHistory } from "./use_history.ts";
import { useParts } from "../use_parts.ts";
import { firstStep, lastCheckWords } from "./words.ts";

const FIRST = 20;
const MOST = 200;

/** How the device was configured over time: what changed, when, and how the last look at it ended. */
export function ConfigHistory({ device }: { readonly device: Device }) {
  const limit = useSignal(FIRST);
  const { value, problem, again } = useHistory(device.id, limit.value);
  return (
    <section class="config" aria-labelledby="config-title">
      <header class="config-head">
        <h2 id="config-title">Configuration history</h2>
        {value !== undefined && <p class="quiet-text">{lastCheckWords(value)}</p>}
        <BackUp device={device.id} told={value?.last_problem ?? null} done={again} />
      </header>
      {value?.last_outcome === "failed" && (
        <div class="config-problem">
          <p>
            The last backup failed: <span class="name">{value.last_problem ?? "the reason is not known."}</span>
          </p>
          <p class="quiet-text">{firstStep(device.device_type)}</p>
        </div>
      )}
      {problem !== undefined && <Failed what="read the configuration history" problem={problem} retry={again} />}
      {value === undefined && problem === undefined && <Skeleton rows={3} />}
      {value !== undefined && <Snapshots device={device} history={value} />}
      {value !== undefined && value.items.length < Math.min(value.total, MOST) && (
        <p>
          <button type="button" onClick={() => limit.value = MOST}>Show older snapshots</button>
        </p>
      )}
    </section>
  );
}

function Snapshots({ device, history: { items } }: { readonly device: Device; readonly history: History }) {
  const parts = useParts();
  const open = parts.of("config");
  const apart = open !== undefined && !items.some(({ id }) => id === open);
  const toggle = (id: string) => {
    const opens = id !== open;
    parts.set({ config: opens ? id : undefined, against: undefined, view: undefined }, {
      step: opens && open === undefined,
    });
  };
  return (
    <>
      {apart && <Apart key={open} device={device} id={open} items={items} close={() => toggle(open)} />}
      {items.length === 0 && (
        <Empty title="No snapshot yet">
          <p>
            The first one is taken soon after the device was added, and then whenever something is found changed: each
            will be listed here, with what changed. “Back up now” does not wait for that.
          </p>
        </Empty>
      )}
      {items.length > 0 && (
        <ol class="config-rows">
          {items.map((snapshot, at) => (
            <SnapshotRow
              key={snapshot.id}
              device={device}
              snapshot={snapshot}
              items={items}
              open={snapshot.id === open}
              named={at < MOST_NAMED}
              toggle={() => toggle(snapshot.id)}
            />
          ))}
        </ol>
      )}
    </>
  );
}

/** Of so many it is told at once what changed: each is a request. */
const MOST_NAMED = 5;
