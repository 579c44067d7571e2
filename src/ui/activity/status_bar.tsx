import { clockTime, count } from "../base/format.ts";
import type { LiveStatus } from "../base/live.ts";
import { Icon } from "../parts/icon.tsx";
import { useUi } from "../ui.ts";
import type { Cursor } from "./cursor.ts";
import type { LogList } from "./log_list.ts";
import { totalWords } from "./log_state.ts";
import type { Reading } from "./reading.ts";

export interface StatusBarProps {
  readonly list: LogList;
  readonly reading: Reading;
  readonly cursor: Cursor;
}

/** How many there are, how live they are, and what waits: always in sight. */
export function StatusBar({ list, reading, cursor }: StatusBarProps) {
  const { live } = useUi();
  const state = list.state.value;
  const paused = reading.paused.value;
  const flow = flowOf(live.status.value, paused, state.waitingCount);
  const showNew = () => {
    const newest = state.waiting[0]?.seq;
    reading.picked.value = false;
    list.show();
    if (newest !== undefined) cursor.place(newest);
    scrollTo({ top: 0, behavior: "instant" });
  };
  return (
    <div class="log-status">
      <p class="log-total">{totalWords(state)}</p>
      <p class={`log-flow log-flow-${flow.tone}`}>
        <span class="live-dot" aria-hidden="true" />
        <span>{flow.words}</span>
      </p>
      <button type="button" class="quiet" aria-pressed={paused} onClick={() => reading.paused.value = !paused}>
        <Icon name={paused ? "play" : "pause"} />
        <span>{paused ? "Go on" : "Pause"}</span>
      </button>
      {state.waitingCount > 0 && (
        <button type="button" class="log-pill" onClick={showNew}>{count(state.waitingCount)} new</button>
      )}
    </div>
  );
}

interface Flow {
  readonly tone: "live" | "paused" | "away";
  readonly words: string;
}

function flowOf(status: LiveStatus, paused: boolean, waiting: number): Flow {
  if (status.name === "reconnecting") {
    return { tone: "away", words: `Reconnecting, away since ${clockTime(new Date(status.since).toISOString())}` };
  }
  if (status.name === "stopped") return { tone: "away", words: "Not connected" };
  if (paused) return { tone: "paused", words: waiting === 0 ? "Paused" : `Paused, ${count(waiting)} waiting` };
  return status.name === "connecting" ? { tone: "paused", words: "Connecting" } : { tone: "live", words: "Live" };
}
