import type { ComponentType } from "preact";
import { ActivityView } from "../activity/activity_view.tsx";
import { matchPath } from "../base/match_path.ts";
import { DeviceView } from "../devices/device_view.tsx";
import { DevicesView } from "../devices/devices_view.tsx";
import { WelcomeView } from "../entry/welcome_view.tsx";
import { AutomationsView } from "../library/automations_view.tsx";
import { EntityView } from "../library/entity_view.tsx";
import { LibraryView } from "../library/library_view.tsx";
import { ScenesView } from "../library/scenes_view.tsx";
import { TypeView } from "../library/type_view.tsx";
import { LightsView } from "../lights/lights_view.tsx";
import { SettingsView } from "../settings/settings_view.tsx";
import { useUi } from "../ui.ts";
import { NotFound } from "./not_found.tsx";
import type { ViewProps } from "./view_props.ts";

const VIEWS: readonly (readonly [pattern: string, view: ComponentType<ViewProps>])[] = [
  ["/", LightsView],
  ["/activity", ActivityView],
  ["/devices", DevicesView],
  ["/devices/:id", DeviceView],
  ["/scenes", ScenesView],
  ["/automations", AutomationsView],
  ["/library", LibraryView],
  ["/library/:type", TypeView],
  ["/library/:type/:id", EntityView],
  ["/settings", SettingsView],
  ["/settings/:section", SettingsView],
  ["/welcome", WelcomeView],
];

/** The view at the present address. */
export function CurrentView() {
  const { router } = useUi();
  const path = router.path.value;
  for (const [pattern, View] of VIEWS) {
    const params = matchPath(pattern, path);
    if (params !== undefined) return <View key={path} params={params} />;
  }
  return <NotFound />;
}
