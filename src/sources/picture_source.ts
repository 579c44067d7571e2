import { z } from "zod";
import { isLanAddress, parseHostPort } from "../base/lan_address.ts";
import { color } from "../entities/color.ts";
import { defineEntity } from "../entities/definition.ts";
import { optionalReference } from "../entities/reference.ts";
import { fieldsWithSettings } from "../entities/settings_by_kind.ts";
import { exactText } from "../entities/text.ts";
import { ffmpegInput, inputFitsFormat } from "./ffmpeg_input.ts";
import { hasUserInfo, isFilePath, isUrlOf } from "./location.ts";

/** Pixels of the picture that strips are coloured from: small, because an LED sees a large part of it. */
const size = { width: z.int().min(2).max(1_024).default(64), height: z.int().min(2).max(1_024).default(36) };
const fps = z.number().min(0.1).max(120).default(30);

const isImageLocation = (text: string) => !hasUserInfo(text) && (isFilePath(text) || isUrlOf(text, ["http", "https"]));

/** `host[:port]`, as `adb connect` takes it. */
function isLanHostPort(text: string): boolean {
  const host = parseHostPort(text)?.host;
  return host !== undefined && (host.kind === "name" || isLanAddress(host.address));
}

const SETTINGS = {
  test_pattern: z.strictObject({
    pattern: z.enum(["color_bars", "gradient", "checkerboard", "moving_bar", "solid"]).default("color_bars"),
    color: color().default("#ffffff").describe("For solid, checkerboard and moving_bar."),
    ...size,
    fps,
  }),
  image: z.strictObject({
    input: exactText(2048).refine(isImageLocation, "must be an absolute path or an http(s) URL without user info")
      .nullable().default(null),
    fit: z.enum(["stretch", "contain", "cover"]).default("stretch"),
    ...size,
  }),
  ffmpeg: z.strictObject({ ...ffmpegInput, ...size, fps }).check(inputFitsFormat),
  adb: z.strictObject({
    address: exactText(260).refine(isLanHostPort, "must be host:port with a host on the LAN").nullable().default(null),
    ...size,
    fps: z.number().min(0.1).max(30).default(5),
  }),
  push: z.strictObject({
    ...size,
    hold_seconds: z.number().min(0.1).max(3_600).default(5).describe("How long a pushed frame stays."),
  }),
};

/** Where a picture comes from. Its size and rate are what it is scaled to, before any strip reads it. */
export const pictureSourceEntity = defineEntity({
  type: "picture_source",
  path: "picture-sources",
  prefix: "pic",
  fields: fieldsWithSettings(SETTINGS, {
    template_id: optionalReference("template").describe("A capture template."),
  }),
  status: {},
  statusSchema: z.object({}),
  secrets: ["password"],
});
