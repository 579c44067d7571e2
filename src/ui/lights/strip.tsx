import type { LightState } from "../base/messages.ts";
import { litColor } from "./light_color.ts";

/** The light itself: a strip in its colour and brightness, dark while it is off, faint while nobody knows. */
export function Strip({ state }: { readonly state: LightState | null }) {
  const color = litColor(state);
  return (
    <span
      class={state === null ? "strip strip-unknown" : color === undefined ? "strip" : "strip strip-lit"}
      aria-hidden="true"
      {...(color === undefined ? {} : { style: { "--lit": color } })}
    />
  );
}
