import { useMemo } from "preact/hooks";
import type { Device } from "../devices/device.ts";
import { entityHref } from "../entities/types.ts";
import { Link } from "../parts/link.tsx";
import { Presence } from "../parts/presence.tsx";
import { useUi } from "../ui.ts";
import { LightControls } from "./light_controls.tsx";
import { Latency } from "./latency.tsx";
import { LastChange } from "./last_change.tsx";

export interface LightRowProps {
  readonly device: Device;
  readonly lookOnly: boolean;
}

/** Drawn again only when its own device has changed: a list of hundreds hears of another one all the time. */
export function LightRow({ device, lookOnly }: LightRowProps) {
  return useMemo(() => <Row device={device} lookOnly={lookOnly} />, [device, lookOnly]);
}

function Row({ device, lookOnly }: LightRowProps) {
  const { lights } = useUi();
  const offline = device.online === false;
  return (
    <li class={offline ? "light light-offline" : "light"}>
      <p class="light-name cut" title={device.name}>
        <Link to={entityHref("device", device.id)} class="name">{device.name}</Link>
      </p>
      <LightControls device={device} lookOnly={lookOnly} />
      <div class="light-foot">
        <Presence online={device.online} reason={device.offline_reason} />
        <Latency device={device} checks={lights.checks.of(device.id)} />
        <LastChange device={device} />
      </div>
    </li>
  );
}
