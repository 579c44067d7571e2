import type { ReadonlySignal } from "@preact/signals";
import type { Device } from "../devices/device.ts";
import { useIsCurrent } from "../parts/use_is_current.ts";
import type { Checks } from "./check_history.ts";
import { milliseconds } from "./light_words.ts";
import { Sparkline } from "./sparkline.tsx";

export interface LatencyProps {
  readonly device: Pick<Device, "latency_ms" | "online">;
  readonly checks: ReadonlySignal<Checks>;
}

/** How long the device took to answer, now and lately; dimmed while nothing more is heard. */
export function Latency({ device: { latency_ms, online }, checks }: LatencyProps) {
  const known = latency_ms !== null && online !== false;
  return (
    <span class={useIsCurrent() ? "latency" : "latency latency-past"}>
      <Sparkline checks={checks.value} />
      <span class="latency-ms">{known ? milliseconds(latency_ms) : "–"}</span>
    </span>
  );
}
