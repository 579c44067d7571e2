import type { LogSettingsStore } from "../audit/mod.ts";
import type { Turn } from "../audit/ports.ts";
import { type Route, route } from "../http/route.ts";
import { CLEARED, SETTINGS, SETTINGS_CHANGE, toJson, toSettings } from "./upkeep_schemas.ts";

const PATH = "/api/v1/activity-log";
const TAG = "activity-log";
const PRUNE_WAIT_MS = 2000;

interface Deps {
  readonly settings: Pick<LogSettingsStore, "read" | "change">;
  /** Removes every entry. */
  readonly clear: () => Promise<{ readonly deleted: number }>;
  /** Brings the log within its limits; never rejects. */
  readonly retain: () => Promise<void>;
  /** The same, behind the answer: it gives back the space of what was removed. */
  readonly retainBehind: () => void;
  readonly turn: Pick<Turn, "delay">;
}

/** What is recorded, how long it is kept, and removing all of it. */
export function upkeepRoutes({ settings, clear, retain, retainBehind, turn }: Deps): readonly Route[] {
  return [
    route({
      method: "GET",
      path: `${PATH}/settings`,
      access: { who: "viewer" },
      summary: "Tell whether the log is on and how long it keeps entries",
      tag: TAG,
      answers: { 200: SETTINGS },
      handle: async () => ({ status: 200, json: toJson(await settings.read()) }),
    }),
    route({
      method: "PUT",
      path: `${PATH}/settings`,
      access: { who: "admin", key: true },
      summary: "Turn the log on or off, or change how long it keeps entries; applies at once",
      tag: TAG,
      body: SETTINGS_CHANGE,
      answers: { 200: SETTINGS },
      handle: async ({ body }) => {
        const outcome = await settings.change(toSettings(body));
        // A large log takes longer than a caller wants to wait: the rest goes on after the answer.
        if (outcome.changed) await atMost(turn, PRUNE_WAIT_MS, retain());
        return { status: 200, json: toJson(outcome.settings) };
      },
    }),
    route({
      method: "DELETE",
      path: PATH,
      access: { who: "admin", key: true },
      summary: "Remove every entry; that is the first entry of what follows",
      tag: TAG,
      answers: { 200: CLEARED },
      handle: async () => {
        const { deleted } = await clear();
        retainBehind();
        return { status: 200, json: { deleted } };
      },
    }),
  ];
}

/** Waits for the work, but no longer than that; the work goes on. */
async function atMost(turn: Pick<Turn, "delay">, ms: number, work: Promise<void>): Promise<void> {
  let cancel = () => {};
  const limit = new Promise<void>((resolve) => cancel = turn.delay(resolve, ms));
  await Promise.race([work, limit]);
  cancel();
}
