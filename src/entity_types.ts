import { automationEntity } from "./automations/entity.ts";
import { deviceEntity } from "./devices/entity.ts";
import type { EntityDefinition, EntityTypeName } from "./entities/definition.ts";
import { scenePlaylistEntity } from "./scenes/scene_playlist.ts";
import { scenePresetEntity } from "./scenes/scene_preset.ts";
import { audioSourceEntity } from "./sources/audio_source.ts";
import { colorStripSourceEntity } from "./sources/color_strip_source.ts";
import { gradientEntity } from "./sources/gradient.ts";
import { pictureSourceEntity } from "./sources/picture_source.ts";
import { syncClockEntity } from "./sync_clocks/entity.ts";
import { outputTargetEntity } from "./targets/entity.ts";
import { templateEntity } from "./templates/entity.ts";

/** Every entity type of the product: one line each, and one that is missing does not compile. */
export const ENTITY_DEFINITIONS: { readonly [Name in EntityTypeName]: EntityDefinition<Name> } = {
  device: deviceEntity,
  output_target: outputTargetEntity,
  picture_source: pictureSourceEntity,
  audio_source: audioSourceEntity,
  color_strip_source: colorStripSourceEntity,
  gradient: gradientEntity,
  sync_clock: syncClockEntity,
  template: templateEntity,
  automation: automationEntity,
  scene_preset: scenePresetEntity,
  scene_playlist: scenePlaylistEntity,
};

/** What people read, e.g. in `Output target 'Desk' updated`. */
export const ENTITY_LABELS: Readonly<Record<EntityTypeName, string>> = {
  device: "Device",
  output_target: "Output target",
  picture_source: "Picture source",
  audio_source: "Audio source",
  color_strip_source: "Color strip source",
  gradient: "Gradient",
  sync_clock: "Sync clock",
  template: "Template",
  automation: "Automation",
  scene_preset: "Scene preset",
  scene_playlist: "Scene playlist",
};
