/** A believable home: what the demo makes at its first start, in this order. `$Name` stands for the id of that name. */

export interface Light {
  readonly name: string;
  readonly ledCount: number;
}

/** The three controllers. */
export const LIGHTS: readonly Light[] = [
  { name: "Shelf", ledCount: 60 },
  { name: "Desk", ledCount: 30 },
  { name: "Stairs", ledCount: 90 },
];

/** On the network, and nobody's yet. */
export const STRANGER: Light = { name: "Window", ledCount: 45 };

const ROOMS: Readonly<Record<string, { readonly description: string; readonly tags: readonly string[] }>> = {
  Shelf: { description: "Behind the books", tags: ["living room"] },
  Desk: { description: "Under the monitor", tags: ["study"] },
  Stairs: { description: "Along the handrail, both floors", tags: ["hall"] },
};

export interface Made {
  /** Path under `/api/v1`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly name: string };
}

const device = ({ name }: Light, url: string): Made => ({
  path: "devices",
  body: { name, device_type: "wled", url, ...ROOMS[name] },
});

const gradient = (name: string, ...colors: readonly string[]): Made => ({
  path: "gradients",
  body: { name, stops: colors.map((color, index) => ({ position: index / (colors.length - 1), color })) },
});

const strip = (name: string, fields: Readonly<Record<string, unknown>>): Made => ({
  path: "color-strip-sources",
  body: { name, ...fields },
});

const target = (name: string, device: string, strip: string): Made => ({
  path: "output-targets",
  body: { name, device_id: `$devices/${device}`, color_strip_source_id: `$color-strip-sources/${strip}` },
});

const scene = (
  name: string,
  description: string,
  parts: Readonly<Record<string, readonly [string, number]>>,
): Made => ({
  path: "scene-presets",
  body: {
    name,
    description,
    targets: Object.entries(parts).map(([target, [strip, brightness]]) => ({
      output_target_id: `$output-targets/${target}`,
      color_strip_source_id: `$color-strip-sources/${strip}`,
      brightness,
      running: brightness > 0,
    })),
  },
});

/** `urls` are those of the controllers, by the light's name. */
export const homeOf = (urls: ReadonlyMap<string, string>): readonly Made[] => [
  ...LIGHTS.map((light) => device(light, urls.get(light.name) ?? "")),
  gradient("Sunset", "#2b1055", "#d53369", "#ff9a3c", "#ffd97d"),
  gradient("Forest", "#0b3d2e", "#3a7d44", "#a7c957"),
  gradient("Ocean", "#03045e", "#0077b6", "#90e0ef"),
  { path: "sync-clocks", body: { name: "House", description: "Everything that moves, moves together", speed: 0.5 } },
  strip("Warm white", { kind: "static", color: "#ffc58f" }),
  strip("Candle", { kind: "effect", effect: "fire", color: "#ff8a3d", intensity: 0.3 }),
  strip("Sunset glow", { kind: "gradient", gradient_id: "$gradients/Sunset", sync_clock_id: "$sync-clocks/House" }),
  strip("Deep water", { kind: "gradient", gradient_id: "$gradients/Ocean", sync_clock_id: "$sync-clocks/House" }),
  target("Shelf strip", "Shelf", "Sunset glow"),
  target("Desk strip", "Desk", "Warm white"),
  target("Handrail", "Stairs", "Warm white"),
  scene("Evening", "After sunset, when somebody is in", {
    "Shelf strip": ["Sunset glow", 0.6],
    "Desk strip": ["Warm white", 0.3],
    "Handrail": ["Warm white", 0.4],
  }),
  scene("Film night", "Only what does not show on the screen", {
    "Shelf strip": ["Deep water", 0.2],
    "Desk strip": ["Candle", 0],
    "Handrail": ["Candle", 0.15],
  }),
  scene("Work", "Bright at the desk, quiet elsewhere", {
    "Shelf strip": ["Warm white", 0.2],
    "Desk strip": ["Warm white", 1],
    "Handrail": ["Warm white", 0.2],
  }),
  {
    path: "scene-playlists",
    body: {
      name: "Long evening",
      items: [
        { scene_preset_id: "$scene-presets/Evening", duration_seconds: 5400 },
        { scene_preset_id: "$scene-presets/Film night", duration_seconds: 7200 },
      ],
      loop: false,
    },
  },
  {
    path: "automations",
    body: {
      name: "Lights at dusk",
      description: "On workdays",
      match: "all",
      rules: [{
        kind: "time_of_day",
        from: "18:00",
        until: "23:00",
        weekdays: ["mon", "tue", "wed", "thu", "fri"],
      }],
      scene_preset_id: "$scene-presets/Evening",
    },
  },
];
