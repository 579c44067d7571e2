import type { Device } from "../devices/device.ts";
import { LightRow } from "./light_row.tsx";
import { useReveal } from "./use_reveal.ts";

/** The lights, one beneath the other. */
export function LightList({ lights, lookOnly }: { readonly lights: readonly Device[]; readonly lookOnly: boolean }) {
  const { drawn, mark } = useReveal(lights.length);
  if (lights.length === 0) return <p class="quiet-text" role="status">No light matches the search.</p>;
  return (
    <>
      <ul class="lights" aria-label="Lights">
        {lights.slice(0, drawn).map((device) => <LightRow key={device.id} device={device} lookOnly={lookOnly} />)}
      </ul>
      <div ref={mark} class="reveal-mark" />
    </>
  );
}
