import type { EntityTypeName } from "../../entities/definition.ts";
import type { IconName } from "../parts/icon.tsx";

export type { EntityTypeName };

/** An entity as the API answers it; the further fields are those of its type. */
export interface Entity {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly [field: string]: unknown;
}

interface TypeView {
  /** Path segment under `/api/v1` and `/library`. */
  readonly path: string;
  readonly label: string;
  readonly plural: string;
  readonly icon: IconName;
  /** One sentence for whoever has none yet. */
  readonly purpose: string;
}

/** How each type is shown. A type that is missing does not compile. */
export const ENTITY_VIEWS: Readonly<Record<EntityTypeName, TypeView>> = {
  device: {
    path: "devices",
    label: "Device",
    plural: "Devices",
    icon: "device",
    purpose: "A controller of light on the network.",
  },
  output_target: {
    path: "output-targets",
    label: "Output target",
    plural: "Output targets",
    icon: "target",
    purpose: "What joins a strip of colours with a device that shows it.",
  },
  picture_source: {
    path: "picture-sources",
    label: "Picture source",
    plural: "Picture sources",
    icon: "picture",
    purpose: "A screen, a camera or an image that gives colours.",
  },
  audio_source: {
    path: "audio-sources",
    label: "Audio source",
    plural: "Audio sources",
    icon: "audio",
    purpose: "Sound that moves colours.",
  },
  color_strip_source: {
    path: "color-strip-sources",
    label: "Color strip",
    plural: "Color strips",
    icon: "strip",
    purpose: "The colours along a strip: one colour, a gradient, an effect, a picture.",
  },
  gradient: {
    path: "gradients",
    label: "Gradient",
    plural: "Gradients",
    icon: "gradient",
    purpose: "Colours that pass into each other.",
  },
  sync_clock: {
    path: "sync-clocks",
    label: "Sync clock",
    plural: "Sync clocks",
    icon: "clock",
    purpose: "One time that several strips move by.",
  },
  template: {
    path: "templates",
    label: "Template",
    plural: "Templates",
    icon: "template",
    purpose: "Settings that several things share.",
  },
  automation: {
    path: "automations",
    label: "Automation",
    plural: "Automations",
    icon: "automation",
    purpose: "Activates a scene when its rules hold.",
  },
  scene_preset: {
    path: "scene-presets",
    label: "Scene",
    plural: "Scenes",
    icon: "scene",
    purpose: "What several targets show together.",
  },
  scene_playlist: {
    path: "scene-playlists",
    label: "Playlist",
    plural: "Playlists",
    icon: "playlist",
    purpose: "Scenes, one after another.",
  },
};

/** The type whose path segment this is. */
export const typeOfPath = (path: string): EntityTypeName | undefined => {
  const names: readonly string[] = Object.keys(ENTITY_VIEWS);
  return names.find((name): name is EntityTypeName => isTypeName(name) && ENTITY_VIEWS[name].path === path);
};

export const isTypeName = (name: string): name is EntityTypeName => Object.hasOwn(ENTITY_VIEWS, name);

/** Where an entity is looked at and changed. */
export const entityHref = (type: EntityTypeName, id: string): string =>
  type === "device" ? `/devices/${id}` : `/library/${ENTITY_VIEWS[type].path}/${id}`;
