import { useMemo } from "preact/hooks";
import { DeviceSearch, searchOf } from "../lights/device_search.tsx";
import { useDevices } from "../lights/use_devices.ts";
import { useLack } from "../parts/use_role.ts";
import { Icon } from "../parts/icon.tsx";
import { Link } from "../parts/link.tsx";
import { LookOnly } from "../parts/look_only.tsx";
import { Empty, Failed, Skeleton } from "../parts/states.tsx";
import { useTitle } from "../parts/use_title.ts";
import type { ViewProps } from "../shell/view_props.ts";
import { useUi } from "../ui.ts";
import { BulkBar } from "./bulk/bulk_bar.tsx";
import { createSelection } from "./bulk/selection.ts";
import { matching } from "./device.ts";
import { DeviceTable } from "./device_table.tsx";
import { FoundSection } from "./discovered/found_section.tsx";

/** Every device, with light or without, and above them what is on the network besides. */
export function DevicesView(_props: ViewProps) {
  useTitle("Devices");
  const { router } = useUi();
  const { devices, problem, retry } = useDevices();
  const mayChange = useLack("operator") === undefined;
  const selection = useMemo(createSelection, []);
  const search = searchOf(router.location.value.query);
  const some = devices !== undefined && devices.length > 0;
  const shown = useMemo(() => matching(devices ?? [], search), [devices, search]);
  return (
    <>
      <header class="page-head">
        <h1>Devices</h1>
        {some && <DeviceSearch label="Search by name, tag or address" />}
        {mayChange && (
          <Link to="/devices/new" class="button primary">
            <Icon name="plus" /> Add device
          </Link>
        )}
      </header>
      <LookOnly />
      <FoundSection first={devices?.length === 0} />
      {problem !== undefined && <Failed what="load the devices" problem={problem} retry={retry} />}
      {devices === undefined && problem === undefined && <Skeleton />}
      {devices?.length === 0 && (
        <Empty title="No devices yet">
          <p>
            Each controller of light will stand here with its address and how well it can be reached. What makes itself
            known on the network is found above; what does not is added by its address.
          </p>
        </Empty>
      )}
      {some && <DeviceTable devices={shown} {...(mayChange ? { selection } : {})} />}
      {some && mayChange && <BulkBar devices={devices} shown={shown} selection={selection} />}
    </>
  );
}
