import { useMemo, useRef } from "preact/hooks";
import { count } from "../base/format.ts";
import { entityHref } from "../entities/types.ts";
import { Latency } from "../lights/latency.tsx";
import { useReveal } from "../lights/use_reveal.ts";
import { Link } from "../parts/link.tsx";
import { Presence } from "../parts/presence.tsx";
import { useUi } from "../ui.ts";
import { Address } from "./address.tsx";
import { toBulkBar } from "./bulk/bulk_bar.tsx";
import { SelectBox } from "./bulk/select_box.tsx";
import type { Selection } from "./bulk/selection.ts";
import { type Device, DEVICE_TYPES, hasLight } from "./device.ts";

export interface DeviceTableProps {
  readonly devices: readonly Device[];
  /** Left out for whoever may only look. */
  readonly selection?: Selection;
}

const HEADS = [
  ["device-name", "Name"],
  ["device-online", "Presence"],
  ["device-latency", "Latency"],
  ["device-type", "Type"],
  ["device-url", "Address"],
  ["device-leds", "LEDs"],
  ["device-tags", "Tags"],
] as const;

export function DeviceTable({ devices, selection }: DeviceTableProps) {
  const { drawn, mark } = useReveal(devices.length);
  const order = useRef<readonly string[]>([]);
  order.current = devices.map(({ id }) => id);
  const toggle = useMemo(
    () => selection && ((id: string, range: boolean) => selection.toggle(id, order.current, range)),
    [selection],
  );
  if (devices.length === 0) return <p class="quiet-text" role="status">No device matches the search.</p>;
  return (
    <>
      <table class={selection === undefined ? "devices" : "devices devices-choosable"} onKeyDown={toBulkBar}>
        <thead>
          <tr>
            {selection !== undefined && <SelectAll ids={order.current} selection={selection} />}
            {HEADS.map(([name, head]) => <th key={name} scope="col" class={name}>{head}</th>)}
          </tr>
        </thead>
        <tbody>
          {devices.slice(0, drawn).map((device) => (
            <DeviceRow
              key={device.id}
              device={device}
              selected={selection?.ids.value.has(device.id) === true}
              toggle={toggle}
            />
          ))}
        </tbody>
      </table>
      <div ref={mark} class="reveal-mark" />
    </>
  );
}

/** All that the search shows, also those further down that are not drawn yet. */
function SelectAll({ ids, selection }: { readonly ids: readonly string[]; readonly selection: Selection }) {
  const chosen = ids.filter((id) => selection.ids.value.has(id)).length;
  return (
    <th scope="col" class="device-select">
      <SelectBox
        label={`Select all ${ids.length} that are shown`}
        checked={chosen === ids.length}
        mixed={chosen > 0 && chosen < ids.length}
        toggle={() => selection.toggleAll(ids)}
      >
        <span class="device-select-all">Select all</span>
      </SelectBox>
    </th>
  );
}

interface DeviceRowProps {
  readonly device: Device;
  readonly selected: boolean;
  readonly toggle: ((id: string, range: boolean) => void) | undefined;
}

/** Drawn again only when its own device, or whether it is selected, has changed. */
function DeviceRow({ device, selected, toggle }: DeviceRowProps) {
  return useMemo(() => <Row device={device} selected={selected} toggle={toggle} />, [device, selected, toggle]);
}

function Row({ device, selected, toggle }: DeviceRowProps) {
  const { lights } = useUi();
  const { id, name, online, offline_reason, device_type, url, led_count, tags, enabled } = device;
  const { label } = DEVICE_TYPES[device_type];
  return (
    <tr class={selected ? "device-selected" : ""}>
      {toggle !== undefined && (
        <td class="device-select">
          <SelectBox label={`Select ${name}`} checked={selected} toggle={(range) => toggle(id, range)} />
        </td>
      )}
      <th scope="row" class="device-name" title={name}>
        <Link to={entityHref("device", id)} class="name cut">{name}</Link>
      </th>
      <td class="device-online">
        {enabled ? <Presence online={online} reason={offline_reason} /> : <span class="quiet-text">Disabled</span>}
      </td>
      <td class="device-latency">
        {enabled && <Latency device={device} checks={lights.checks.of(id)} />}
      </td>
      <td class="device-type">{label}</td>
      <td class="device-url name cut mono" title={url ?? ""}>
        <Address url={url} />
      </td>
      <td class={hasLight(device) ? "device-leds" : "device-leds device-no-leds"}>
        {hasLight(device) ? count(led_count) : "–"}
      </td>
      <td class="device-tags" title={tags.join(", ")}>
        {tags.map((tag) => (
          <Link key={tag} to={`/devices?${new URLSearchParams({ q: tag })}`} class="device-tag name cut">{tag}</Link>
        ))}
      </td>
    </tr>
  );
}
