import { type ReadonlySignal, signal } from "@preact/signals";
import type { Entry } from "../../audit/mod.ts";
import type { Api } from "../base/api.ts";
import type { Live } from "../base/live.ts";
import type { Problem } from "../base/problem.ts";
import { report } from "../base/report.ts";
import { readPage } from "./page.ts";

/** Whether the log records, and how much it keeps; null is no limit. */
export interface LogSettings {
  readonly enabled: boolean;
  readonly max_days: number | null;
  readonly max_entries: number | null;
}

/** The settings of the log, which follow what others make of them. */
export interface LogSettingsStore {
  readonly settings: ReadonlySignal<LogSettings | undefined>;
  /** Why they could not be read. */
  readonly problem: ReadonlySignal<Problem | undefined>;
  /** Since when recording is off; undefined where it is on, or where the log no longer says. */
  readonly offSince: ReadonlySignal<string | undefined>;
  /** Reads them; from then on they are followed. */
  load(): Promise<void>;
  /** Changes some of them; answers why it could not be done. */
  save(change: Partial<LogSettings>): Promise<Problem | undefined>;
}

export interface LogSettingsDeps {
  readonly api: Pick<Api, "get" | "send">;
  readonly live: Pick<Live, "on">;
}

const PATH = "/api/v1/activity-log/settings";
const OFF = "activity_log.disabled";
const CHANGES = [OFF, "activity_log.enabled", "activity_log.retention_changed"];

export function createLogSettings({ api, live }: LogSettingsDeps): LogSettingsStore {
  const settings = signal<LogSettings | undefined>(undefined);
  const problem = signal<Problem | undefined>(undefined);
  const offSince = signal<string | undefined>(undefined);
  let turn = 0;

  const take = async (read: LogSettings, mine: number) => {
    settings.value = read;
    problem.value = undefined;
    if (read.enabled) return void (offSince.value = undefined);
    if (offSince.peek() !== undefined) return;
    const answer = await readPage(api, { filter: { actions: [OFF] }, limit: 1 }, new AbortController().signal);
    if (turn === mine && answer?.ok) offSince.value = answer.value.entries[0]?.ts;
  };
  const load = async () => {
    const mine = ++turn;
    const answer = await api.get<LogSettings>(PATH);
    if (turn !== mine) return;
    if (answer.ok) await take(answer.value, mine);
    else problem.value = answer.problem;
  };
  const hear = ({ action, ts }: Entry) => {
    if (!CHANGES.includes(action)) return false;
    if (action === OFF) offSince.value = ts;
    return true;
  };
  live.on((message) => {
    if (turn === 0) return; // nobody asked yet
    const isChange = message.type === "activity_logged" && hear(message.entry);
    if (isChange || message.type === "caught_up") void load().catch(report);
  });
  return {
    settings,
    problem,
    offSince,
    load,
    save: async (change) => {
      const answer = await api.send<LogSettings>("PUT", PATH, change);
      if (!answer.ok) return answer.problem;
      await take(answer.value, ++turn);
      return undefined;
    },
  };
}
