import { bindActions, type Recorder } from "../audit/mod.ts";
import type { Reader } from "../audit/ports.ts";
import type { Scalar, Setting } from "../base/setting.ts";
import { settingActions, type SettingName } from "./actions.ts";
import { findSetting, writeSetting } from "./store.ts";

/** Opens a setting with its defaults. Rejects when the database does not answer. */
export async function openSetting<T extends Readonly<Record<string, Scalar>>>(
  { sql, recorder }: { readonly sql: Reader; readonly recorder: Recorder },
  name: SettingName,
  defaults: T,
): Promise<Setting<T>> {
  const log = bindActions(recorder, settingActions);
  // Our own text, validated before it was written; keys that are newer than it have their defaults.
  const read = async (from: Reader): Promise<T> => ({
    ...defaults,
    ...JSON.parse(await findSetting(from, name) ?? "{}"),
  });
  let current = await read(sql);
  return {
    current: () => current,
    change: async (wanted) => {
      const outcome = await recorder.change(async (tx) => {
        const before = await read(tx);
        const value: T = { ...before, ...wanted };
        const changes = Object.entries(value).filter(([key, is]) => is !== before[key]);
        if (changes.length === 0) return { value, changed: false };
        await writeSetting(tx, name, JSON.stringify(value));
        log.recordIn(tx, "settings.changed", { metadata: { setting_key: name, ...Object.fromEntries(changes) } });
        return { value, changed: true };
      });
      current = outcome.value;
      return outcome;
    },
  };
}
