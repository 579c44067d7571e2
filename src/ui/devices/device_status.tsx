import { ago, localTime } from "../base/format.ts";
import { Latency } from "../lights/latency.tsx";
import { LastChange } from "../lights/last_change.tsx";
import { LightControls } from "../lights/light_controls.tsx";
import { useLack } from "../parts/use_role.ts";
import { Presence } from "../parts/presence.tsx";
import { useUi } from "../ui.ts";
import { type Device, isControllable, withoutControl } from "./device.ts";
import { Identify } from "./identify.tsx";

/** How the device is, and its light. */
export function DeviceStatus({ device }: { readonly device: Device }) {
  const { lights } = useUi();
  const lookOnly = useLack("operator") !== undefined;
  return (
    <section class={device.online === false ? "device-status light-offline" : "device-status"}>
      <h2 class="visually-hidden">State</h2>
      {isControllable(device) && (
        <p class="device-presence">
          <Presence online={device.online} reason={device.offline_reason} />
          <Latency device={device} checks={lights.checks.of(device.id)} />
          <LastSeen at={device.last_seen_at} />
        </p>
      )}
      {isControllable(device)
        ? (
          <>
            <div class="device-light">
              <LightControls device={device} lookOnly={lookOnly} />
            </div>
            <div class="actions">
              <Identify device={device} lookOnly={lookOnly} />
              <LastChange device={device} />
            </div>
          </>
        )
        : <p class="quiet-text">{withoutControl(device)}</p>}
    </section>
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
