import { z } from "zod";
import { defineEntity } from "../entities/definition.ts";
import { reference } from "../entities/reference.ts";

const item = z.strictObject({
  scene_preset_id: reference("scene_preset").nullable(),
  duration_seconds: z.number().min(0.1).max(86_400).default(30),
});

/** Scenes that follow each other; one may come more than once. */
export const scenePlaylistEntity = defineEntity({
  type: "scene_playlist",
  path: "scene-playlists",
  prefix: "pls",
  fields: z.strictObject({
    items: z.array(item).max(500).default([]),
    loop: z.boolean().default(true),
    shuffle: z.boolean().default(false),
  }),
  status: {},
  statusSchema: z.object({}),
  secrets: [],
});
