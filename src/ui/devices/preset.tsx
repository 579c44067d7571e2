import { useSignal } from "@preact/signals";
import type { LightState } from "../base/messages.ts";
import { report } from "../base/report.ts";
import { refusalWords } from "../lights/light_words.ts";
import { statePath } from "../lights/lights.ts";
import { useUi } from "../ui.ts";
import type { Device } from "./device.ts";

const MOST = 250;

/** Which of its stored presets the light shows, and another one to load. */
export function Preset({ device, lookOnly }: { readonly device: Device; readonly lookOnly: boolean }) {
  const { api, lights } = useUi();
  const busy = useSignal(false);
  const outcome = useSignal("");
  const control = lights.of(device);
  const shown = control.shown.value?.preset ?? null;
  const load = async (preset: number) => {
    busy.value = true;
    outcome.value = "";
    const answer = await api.send<LightState>("PUT", statePath(device.id), { preset });
    busy.value = false;
    if (answer.ok) control.heard(answer.value);
    outcome.value = answer.ok ? `Preset ${preset} is loaded.` : refusalWords(device.name, answer.problem);
  };
  return (
    <form
      class="device-preset"
      onSubmit={(event) => {
        event.preventDefault();
        const preset = Number(new FormData(event.currentTarget).get("preset"));
        if (preset > 0 && !busy.value) void load(preset).catch(report);
      }}
    >
      <label>
        <span class="light-label">Preset</span>
        <input
          key={shown}
          name="preset"
          type="number"
          inputMode="numeric"
          required
          min="1"
          max={MOST}
          placeholder="none"
          defaultValue={shown === null ? "" : String(shown)}
          disabled={lookOnly || device.online === false}
        />
      </label>
      <button type="submit" disabled={lookOnly || device.online === false} aria-disabled={busy.value}>Load</button>
      <span class="identify-outcome" role="status">{busy.value ? "Loading…" : outcome.value}</span>
    </form>
  );
}
