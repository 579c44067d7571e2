import { useEffect } from "preact/hooks";
import { percent } from "../base/format.ts";
import type { LightState } from "../base/messages.ts";
import { can, type Device } from "../devices/device.ts";
import { pickable } from "./light_color.ts";
import type { LightControl } from "./light_control.ts";
import { type LightField, stepOf } from "./light_state.ts";
import { Strip } from "./strip.tsx";
import { type UsedLight, useLight } from "./use_light.ts";

export interface LightControlsProps {
  readonly device: Device;
  readonly lookOnly: boolean;
}

/** What a light shows, and the controls to change it. Out of reach it is shown as it was last seen, or as not known. */
export function LightControls({ device, lookOnly }: LightControlsProps) {
  const light = useLight(device);
  const state = light.control.shown.value;
  const props = { device, light, state, disabled: lookOnly || device.online === false };
  return (
    <>
      <PowerSwitch {...props} />
      <Strip state={state} />
      {can(device, "brightness") && <BrightnessSlider {...props} />}
      {can(device, "color") && <ColorField {...props} />}
    </>
  );
}

interface ControlProps {
  readonly device: Device;
  readonly light: UsedLight;
  readonly state: LightState | null;
  readonly disabled: boolean;
}

function PowerSwitch({ device, light, state, disabled }: ControlProps) {
  if (state === null) return <UnknownPower device={device} light={light} disabled={disabled} />;
  const { on } = state;
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={on}
      aria-label={device.name}
      disabled={disabled}
      onClick={() => light.set({ on: !on })}
    >
      <span class="switch-knob" aria-hidden="true" />
    </button>
  );
}

/** Neither on nor off: a switch would say one of them. */
function UnknownPower({ device, light, disabled }: Omit<ControlProps, "state">) {
  const words = `${device.name}: not known whether it is on. Turn on`;
  return (
    <button
      type="button"
      class="switch switch-unknown"
      aria-label={words}
      title="Not known"
      disabled={disabled}
      onClick={() => light.set({ on: true })}
    >
      <span aria-hidden="true">–</span>
    </button>
  );
}

/** Whoever dims a dark light wants it on. */
const LEAST = 1;
const brightnessOf = (value: string, on: boolean) => ({
  ...(on ? {} : { on: true }),
  brightness: Number(value) / 100,
});

function BrightnessSlider({ device, light, state, disabled }: ControlProps) {
  const { hold, release } = useHold(light.control, "brightness");
  const step = state === null ? LEAST : stepOf(state.brightness);
  const words = state === null ? undefined : percent(step / 100);
  return (
    <label class="light-brightness">
      <span class="light-label">Brightness</span>
      <input
        type="range"
        class={state === null ? "range-unknown" : ""}
        min={LEAST}
        max="100"
        step="1"
        value={step}
        disabled={disabled}
        aria-label={`Brightness of ${device.name}`}
        aria-valuetext={words ?? "Not known"}
        onPointerDown={hold}
        onInput={(event) => light.set(brightnessOf(event.currentTarget.value, state?.on ?? false))}
        onChange={release}
        onPointerUp={release}
        onPointerCancel={release}
        onBlur={release}
      />
      <span class="light-percent" aria-hidden="true">{words ?? "–"}</span>
    </label>
  );
}

function ColorField({ device, light, state, disabled }: ControlProps) {
  const { hold, release } = useHold(light.control, "color");
  const color = pickable(state?.color ?? null);
  const pick = (value: string) => {
    hold();
    light.set({ color: value });
  };
  return (
    <label class="light-color">
      <span class="light-label">Colour</span>
      <input
        type="color"
        class={state === null ? "color-unknown" : ""}
        value={color}
        disabled={disabled}
        aria-label={`Colour of ${device.name}${state === null ? ", not known" : ""}`}
        onInput={(event) => pick(event.currentTarget.value)}
        onChange={release}
        onBlur={release}
      />
    </label>
  );
}

/** Also released when the control goes away under the finger. */
function useHold(control: LightControl, field: LightField) {
  useEffect(() => () => control.release(field), [control, field]);
  return { hold: () => control.hold(field), release: () => control.release(field) };
}
