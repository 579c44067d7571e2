import { z } from "zod";
import { exactText } from "../entities/text.ts";
import { onlyKnownOptions } from "./ffmpeg_options.ts";
import { hasUserInfo, isFilePath, isUrlOf } from "./location.ts";

const STREAM_SCHEMES = ["http", "https", "rtsp", "rtsps", "rtmp", "rtmps", "rtp", "srt", "tcp", "udp"];

/** A single lavfi generator with plain values: no graph, so no filter that opens files or sockets. */
const GENERATOR =
  /^(?:testsrc2?|smptebars|smptehdbars|rgbtestsrc|color|mandelbrot|sine|anoisesrc|anullsrc)(?:=[A-Za-z0-9_.:=#/-]{1,256})?$/;
const DEVICE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_ .,:=+()@{}#&-]*$/;

const FORMAT = z.enum([
  "auto",
  "mjpeg",
  "mpegts",
  "v4l2",
  "fbdev",
  "x11grab",
  "gdigrab",
  "avfoundation",
  "dshow",
  "alsa",
  "pulse",
  "lavfi",
]);
type Format = z.output<typeof FORMAT>;

const isStream = (input: string) => isFilePath(input) || isUrlOf(input, STREAM_SCHEMES);
const isDeviceFile = (input: string) => /^\/dev\/[A-Za-z0-9_/-]+$/.test(input);
const isDeviceName = (input: string) => DEVICE_NAME.test(input);

/** Which inputs each demuxer or device takes; `auto` is what ffmpeg finds out by itself. */
const INPUTS: Readonly<Record<Format, (input: string) => boolean>> = {
  auto: isStream,
  mjpeg: isStream,
  mpegts: isStream,
  v4l2: isDeviceFile,
  fbdev: isDeviceFile,
  x11grab: (input) => /^[A-Za-z0-9_.-]*:\d{1,5}(?:\.\d{1,5})?(?:\+\d{1,5},\d{1,5})?$/.test(input),
  gdigrab: (input) => input === "desktop" || input.startsWith("title="),
  avfoundation: (input) => isDeviceName(input) || /^:\d{1,3}$/.test(input),
  dshow: (input) => /^(?:video|audio)=/.test(input) && isDeviceName(input),
  alsa: isDeviceName,
  pulse: isDeviceName,
  lavfi: (input) => GENERATOR.test(input),
};

/** What an ffmpeg source reads, given to the program as separate arguments, never through a shell. */
export const ffmpegInput = {
  input: exactText(2048).nullable().default(null)
    .describe("Absolute path, URL without user name or password, or the name of a capture device."),
  format: FORMAT.default("auto").describe("ffmpeg's input format or device."),
  options: z.array(exactText(256)).max(64).check(onlyKnownOptions).default([])
    .describe('ffmpeg input options with their values, e.g. ["-framerate", "30"].'),
  username: exactText(256).nullable().default(null).describe("For the URL; its password is the write-only `password`."),
};

/** The input fits its format. */
export const inputFitsFormat: z.core.CheckFn<{ input: string | null; format: Format }> = (payload) => {
  const { input, format } = payload.value;
  if (input === null) return;
  const message = hasUserInfo(input)
    ? "must not contain a user name or password: use username and password"
    : INPUTS[format](input)
    ? undefined
    : format === "auto"
    ? `must be an absolute path or a URL (${STREAM_SCHEMES.join(", ")})`
    : `must be an input for the format ${format}`;
  if (message !== undefined) payload.issues.push({ code: "custom", input: undefined, path: ["input"], message });
};
