import { useSignal } from "@preact/signals";
import { report } from "../base/report.ts";
import { refusalWords } from "../lights/light_words.ts";
import { Icon } from "../parts/icon.tsx";
import { useUi } from "../ui.ts";
import type { Device } from "./device.ts";

/** Lets the light blink, and says whether it did. */
export function Identify({ device, lookOnly }: { readonly device: Device; readonly lookOnly: boolean }) {
  const { api } = useUi();
  const busy = useSignal(false);
  const outcome = useSignal("");
  const blink = async () => {
    busy.value = true;
    outcome.value = "";
    const answer = await api.send("POST", `/api/v1/devices/${encodeURIComponent(device.id)}/identify`);
    busy.value = false;
    outcome.value = answer.ok ? "It blinked." : refusalWords(device.name, answer.problem);
  };
  return (
    <>
      <button
        type="button"
        disabled={lookOnly || device.online === false}
        aria-disabled={busy.value}
        onClick={() => busy.value || void blink().catch(report)}
      >
        <Icon name="blink" /> Identify
      </button>
      <span class="identify-outcome" role="status">{busy.value ? "Blinking…" : outcome.value}</span>
    </>
  );
}
