import { activityHref } from "../activity/address.ts";
import { report } from "../base/report.ts";
import { useEditor } from "../library/use_editor.ts";
import { useLeaving } from "../library/use_leaving.ts";
import { useDevices } from "../lights/use_devices.ts";
import { Link } from "../parts/link.tsx";
import { Empty, Failed, Skeleton } from "../parts/states.tsx";
import { useTitle } from "../parts/use_title.ts";
import { nameInText } from "../lights/light_words.ts";
import { useUi } from "../ui.ts";
import { ConfigHistory } from "./config/config_history.tsx";
import { asDevices, can, type Device } from "./device.ts";
import { DeviceChanges } from "./device_changes.tsx";
import { DeleteDevice } from "./delete_device.tsx";
import { DEVICE_FORM } from "./device_form.ts";
import { DeviceEditor } from "./device_editor.tsx";
import { DeviceStatus } from "./device_status.tsx";

/** Everything about one device: how it is, what it shows, what happened to it and how it is set up. */
export function DevicePage({ id }: { readonly id: string }) {
  const { notices } = useUi();
  const editor = useEditor(DEVICE_FORM, id);
  const leaving = useLeaving(editor.dirty);
  const { devices } = useDevices();
  const phase = editor.phase.value;
  const stored = editor.entity.value;
  // The list hears how the device is; a new one comes into it a moment later.
  const device = devices?.find((one) => one.id === id) ?? (stored && asDevices([stored])[0]);
  const isKept = device !== undefined && can(device, "configuration");
  useTitle(device?.name ?? "Device");
  if (phase.name === "gone") return <Gone id={id} />;
  const retry = () => void editor.load().catch(report);
  return (
    <>
      <DeviceHead device={device} />
      {phase.name === "failed" && <Failed what="load the device" problem={phase.problem} retry={retry} />}
      {phase.name === "loading" && <Skeleton rows={5} />}
      {phase.name === "ready" && device !== undefined && (
        <div class={isKept ? "device device-kept" : "device"}>
          <DeviceStatus device={device} />
          <DeviceChanges id={id} />
          {isKept && <ConfigHistory device={device} />}
          <section class="device-config">
            <h2>Settings</h2>
            <DeviceEditor
              editor={editor}
              leaving={leaving}
              saved={({ name }) => notices.say(`${nameInText(name)} is saved.`)}
            />
          </section>
          <DeleteDevice device={device} leaving={leaving} />
        </div>
      )}
    </>
  );
}

function DeviceHead({ device }: { readonly device: Device | undefined }) {
  return (
    <header class="page-head">
      <h1 class="name cut" title={device?.name}>{device?.name ?? "Device"}</h1>
      <Link to="/devices">All devices</Link>
    </header>
  );
}

function Gone({ id }: { readonly id: string }) {
  return (
    <>
      <header class="page-head">
        <h1>Device</h1>
      </header>
      <Empty title="This device is gone">
        <p>It was deleted, or it was never here. What happened to it stays on record.</p>
        <p class="actions">
          <Link to={activityHref({ entityType: "device", entityId: id })} class="button">Its history</Link>
          <Link to="/devices" class="button">All devices</Link>
        </p>
      </Empty>
    </>
  );
}
