import { ago, localTime } from "../base/format.ts";
import { Latency } from "../lights/latency.tsx";
import { LastChange } from "../lights/last_change.tsx";
import { LightControls } from "../lights/light_controls.tsx";
import { useLack } from "../parts/use_role.ts";
import { Presence } from "../parts/presence.tsx";
import { useUi } from "../ui.ts";
import { can, type Device, isControllable, withoutControl } from "./device.ts";
import { Identify } from "./identify.tsx";
import { Preset } from "./preset.tsx";

/** How the device is, and its light. */
export function DeviceStatus({ device }: { readonly device: Device }) {
  return (
    <section class={device.online === false ? "device-status light-offline" : "device-status"}>
      <h2 class="visually-hidden">State</h2>
      {device.enabled && <Health device={device} />}
      {isControllable(device) ? <Light device={device} /> : <p class="quiet-text">{withoutControl(device)}</p>}
    </section>
  );
}

function Health({ device }: { readonly device: Device }) {
  const { lights } = useUi();
  return (
    <p class="device-presence">
      <Presence online={device.online} reason={device.offline_reason} />
      <Latency device={device} checks={lights.checks.of(device.id)} />
      <LastSeen at={device.last_seen_at} />
    </p>
  );
}

function Light({ device }: { readonly device: Device }) {
  const lookOnly = useLack("operator") !== undefined;
  return (
    <>
      <div class="device-light">
        <LightControls device={device} lookOnly={lookOnly} />
      </div>
      {can(device, "preset") && <Preset device={device} lookOnly={lookOnly} />}
      <div class="actions">
        {can(device, "identify") && <Identify device={device} lookOnly={lookOnly} />}
        <LastChange device={device} />
      </div>
    </>
  );
}

function LastSeen({ at }: { readonly at: string | null }) {
  if (at === null) return <span class="quiet-text">Never seen yet</span>;
  return (
    <span class="quiet-text">
      Last seen <time dateTime={at} title={localTime(at)}>{ago(at)}</time>
    </span>
  );
}
