import { useMemo } from "preact/hooks";
import { count } from "../base/format.ts";
import { entityHref } from "../entities/types.ts";
import { Latency } from "../lights/latency.tsx";
import { useReveal } from "../lights/use_reveal.ts";
import { Link } from "../parts/link.tsx";
import { Presence } from "../parts/presence.tsx";
import { useUi } from "../ui.ts";
import { type Device, DEVICE_TYPES, isControllable } from "./device.ts";

export function DeviceTable({ devices }: { readonly devices: readonly Device[] }) {
  const { drawn, mark } = useReveal(devices.length);
  if (devices.length === 0) return <p class="quiet-text" role="status">No device matches the search.</p>;
  return (
    <>
      <table class="devices">
        <thead>
          <tr>
            {["Name", "Presence", "Latency", "Type", "Address", "LEDs", "Tags"].map((head) => (
              <th key={head} scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {devices.slice(0, drawn).map((device) => <DeviceRow key={device.id} device={device} />)}
        </tbody>
      </table>
      <div ref={mark} class="reveal-mark" />
    </>
  );
}

/** Drawn again only when its own device has changed. */
function DeviceRow({ device }: { readonly device: Device }) {
  return useMemo(() => <Row device={device} />, [device]);
}

function Row({ device }: { readonly device: Device }) {
  const { lights } = useUi();
  const { id, name, online, offline_reason, device_type, url, led_count, tags, enabled } = device;
  const { label, light } = DEVICE_TYPES[device_type];
  return (
    <tr>
      <th scope="row" class="device-name" title={name}>
        <Link to={entityHref("device", id)} class="name cut">{name}</Link>
      </th>
      <td class="device-online">
        {isControllable(device)
          ? <Presence online={online} reason={offline_reason} />
          : <span class="quiet-text">{enabled ? "Not checked" : "Disabled"}</span>}
      </td>
      <td class="device-latency">
        {isControllable(device) && <Latency device={device} checks={lights.checks.of(id)} />}
      </td>
      <td class="device-type">{label}</td>
      <td class="device-url name cut mono" title={url ?? ""}>{url ?? "–"}</td>
      <td class="device-leds">{light ? count(led_count) : "–"}</td>
      <td class="device-tags">
        {tags.map((tag) => (
          <Link key={tag} to={`/devices?${new URLSearchParams({ q: tag })}`} class="device-tag name cut">{tag}</Link>
        ))}
      </td>
    </tr>
  );
}
