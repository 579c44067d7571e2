import { assertEquals } from "@std/assert";
import type { Entry } from "../../../src/audit/mod.ts";
import { createLogSettings, type LogSettings } from "../../../src/ui/activity/log_settings.ts";
import { type Result, UNREACHABLE } from "../../../src/ui/base/problem.ts";
import { createRandom } from "../../support/random.ts";
import { settled } from "../entities/hand_api.ts";
import { createHandLive } from "../lights/hand_live.ts";
import { entryIds, randomEntry } from "./entries.ts";

const USUAL: LogSettings = { enabled: true, max_days: 90, max_entries: 20_000 };
const OFF_TS = "2026-11-22T10:00:00.000Z";

const entry = (action: string, ts = OFF_TS): Entry => ({ ...randomEntry(createRandom(1), entryIds()(1)), action, ts });

/** A server with these settings, whose log tells since when it is off. */
function createDesk(first: LogSettings) {
  const live = createHandLive();
  let now = first;
  let away = false;
  const asked: string[] = [];
  const answer = <T>(value: unknown): Promise<Result<T>> =>
    Promise.resolve(away ? { ok: false, problem: UNREACHABLE } : { ok: true, value: value as T, etag: null }); // as asked
  const store = createLogSettings({
    live,
    api: {
      get: (path) => {
        asked.push(path);
        return answer(path.endsWith("/settings") ? now : { entries: [entry("activity_log.disabled")] });
      },
      send: (_method, _path, body) => answer(now = { ...now, ...(body ?? {}) }),
    },
  });
  const say = async (action: string, ts?: string) => {
    live.say({ type: "activity_logged", seq: 1, entry: entry(action, ts) });
    await settled();
  };
  const set = (change: Partial<LogSettings>) => void (now = { ...now, ...change });
  return { store, asked, say, set, leave: () => void (away = true) };
}

Deno.test("what others make of the settings is followed, once somebody asked for them", async () => {
  const { store, asked, say, set } = createDesk(USUAL);
  await say("activity_log.retention_changed");
  assertEquals(asked, []);
  await store.load();
  assertEquals(store.settings.value, USUAL);
  set({ max_days: 30 });
  await say("device.online");
  assertEquals(store.settings.value?.max_days, 90);
  await say("activity_log.retention_changed");
  assertEquals(store.settings.value?.max_days, 30);
});

Deno.test("since when recording is off is known from the log, or as it happens", async () => {
  const { store } = createDesk({ ...USUAL, enabled: false });
  await store.load();
  assertEquals(store.offSince.value, OFF_TS);
  const { store: later, say, set } = createDesk(USUAL);
  await later.load();
  assertEquals(later.offSince.value, undefined);
  set({ enabled: false });
  await say("activity_log.disabled", "2026-11-22T11:00:00.000Z");
  assertEquals(later.offSince.value, "2026-11-22T11:00:00.000Z");
  set({ enabled: true });
  await say("activity_log.enabled");
  assertEquals(later.offSince.value, undefined);
});

Deno.test("what is saved is shown; what is not says why and leaves the rest", async () => {
  const { store, leave } = createDesk(USUAL);
  await store.load();
  assertEquals(await store.save({ max_entries: null }), undefined);
  assertEquals(store.settings.value, { ...USUAL, max_entries: null });
  leave();
  assertEquals(await store.save({ max_days: 1 }), UNREACHABLE);
  assertEquals(store.settings.value, { ...USUAL, max_entries: null });
});
