import { RecentActivity } from "../activity/recent_activity.tsx";
import { RecordingOff } from "../activity/recording_off.tsx";
import { type Device, isControllable, matching } from "../devices/device.ts";
import { LookOnly } from "../parts/look_only.tsx";
import { Empty, Failed, Skeleton } from "../parts/states.tsx";
import { Link } from "../parts/link.tsx";
import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { AllOff } from "./all_off.tsx";
import { DeviceSearch, searchOf } from "./device_search.tsx";
import { LightList } from "./light_list.tsx";
import { useDevices } from "./use_devices.ts";
import { useLack } from "../parts/use_role.ts";

/** Fewer are found by looking. */
const SEARCHED_FROM = 9;
const RECENT = 5;

/** Every light of the home: what it shows, and what it shall show. */
export function LightsView(_props: ViewProps) {
  useTitle("Lights");
  const { router } = useUi();
  const { devices, problem, retry } = useDevices();
  const lights = devices?.filter(isControllable) ?? [];
  const search = searchOf(router.location.value.query);
  const shown = matching(lights, search);
  const lookOnly = useLack("operator");
  return (
    <>
      <header class="page-head">
        <h1>Lights</h1>
        {(lights.length >= SEARCHED_FROM || search !== "") && <DeviceSearch label="Search lights by name or tag" />}
        {lights.length > 0 && <AllOff shown={shown} lookOnly={lookOnly !== undefined} />}
      </header>
      <LookOnly />
      <RecordingOff />
      {problem !== undefined && <Failed what="load the lights" problem={problem} retry={retry} />}
      {devices === undefined && problem === undefined && <Skeleton rows={4} />}
      {devices !== undefined && lights.length === 0 && <NoLights devices={devices} />}
      {lights.length > 0 && <LightList lights={shown} lookOnly={lookOnly !== undefined} />}
      {devices !== undefined && devices.length > 0 && <RecentActivity limit={RECENT} />}
    </>
  );
}

function NoLights({ devices }: { readonly devices: readonly Device[] }) {
  const mayAdd = useLack("operator") === undefined;
  return (
    <Empty title={devices.length === 0 ? "No devices yet" : "No device with light is enabled"}>
      <p>Each light will stand here with its colour, its brightness and how well it can be reached.</p>
      {mayAdd && (
        <p>
          <Link to="/devices/new" class="button primary">Add a device</Link>
        </p>
      )}
    </Empty>
  );
}
