import { useEffect } from "preact/hooks";
import { clockTime, dayLabel } from "../base/format.ts";
import { report } from "../base/report.ts";
import { Link } from "../parts/link.tsx";
import { useUi } from "../ui.ts";

/** Says that nothing is recorded at present, wherever somebody could think otherwise. */
export function RecordingOff() {
  const { logSettings } = useUi();
  useEffect(() => void logSettings.load().catch(report), []);
  if (logSettings.settings.value?.enabled !== false) return null;
  const since = logSettings.offSince.value;
  const state = since === undefined ? "is off" : `has been off since ${dayIn(since)}, ${clockTime(since).slice(0, 5)}`;
  return (
    <p class="notice recording-off">
      <span>Recording {state}. What happens now is not put on record.</span>
      <Link to="/settings/activity-log">Settings of the log</Link>
    </p>
  );
}

/** As it is written within a sentence. */
const dayIn = (ts: string): string => dayLabel(ts).replace(/^(Today|Yesterday)$/, (day) => day.toLowerCase());
