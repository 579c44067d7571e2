import type { IconName } from "../parts/icon.tsx";

export interface Place {
  readonly label: string;
  /** Its beginning, for a bar with little room. */
  readonly short?: string;
  readonly to: string;
  readonly icon: IconName;
  /** Paths that begin so belong to it. */
  readonly under: readonly string[];
}

/** Where one can go, in the order of the keys Ctrl+1…7; the bar shows `Activity` second. */
export const PLACES: readonly Place[] = [
  { label: "Lights", to: "/", icon: "lights", under: [] },
  { label: "Devices", to: "/devices", icon: "device", under: ["/devices/"] },
  { label: "Scenes", to: "/scenes", icon: "scene", under: ["/library/scene-presets", "/library/scene-playlists"] },
  { label: "Automations", short: "Auto", to: "/automations", icon: "automation", under: ["/library/automations"] },
  { label: "Library", to: "/library", icon: "library", under: ["/library/"] },
  { label: "Settings", to: "/settings", icon: "settings", under: ["/settings/"] },
  { label: "Activity", to: "/activity", icon: "activity", under: [] },
];

/** As they stand in the rail: the log right behind the lights. */
export const inRail = (): readonly Place[] => {
  const [lights, ...rest] = PLACES;
  const activity = PLACES.filter(({ to }) => to === "/activity");
  return [...(lights ? [lights] : []), ...activity, ...rest.filter(({ to }) => to !== "/activity")];
};

/** The place that a path belongs to. */
export const placeOf = (path: string): Place | undefined =>
  PLACES.find(({ to }) => to === path) ?? PLACES.find(({ under }) => under.some((start) => path.startsWith(start)));
