import type { z } from "zod";

const NUMBER = /^\d{1,9}(?:\.\d{1,6})?$/;
const INTEGER = /^-?\d{1,9}$/;
const COUNT = /^\d{1,9}$/;
const BYTES = /^\d{1,9}[kKMG]?$/;
const SWITCH = /^[01]$/;
const TIME = /^(?:\d{1,3}:)?(?:[0-5]?\d:)?\d{1,9}(?:\.\d{1,6})?$/;

/**
 * The ffmpeg input options (ffmpeg(1), ffmpeg-formats(1), ffmpeg-devices(1)) that a source may carry, with the form of
 * their value; null for a flag. Nothing in here names a file, a filter or another protocol.
 */
const OPTIONS: ReadonlyMap<string, RegExp | null> = new Map([
  ["-re", null],
  ["-framerate", NUMBER],
  ["-r", NUMBER],
  ["-video_size", /^\d{1,5}x\d{1,5}$/],
  ["-pixel_format", /^[a-z0-9_]{1,32}$/],
  ["-input_format", /^[a-z0-9_]{1,32}$/],
  ["-draw_mouse", SWITCH],
  ["-grab_x", INTEGER],
  ["-grab_y", INTEGER],
  ["-sample_rate", COUNT],
  ["-channels", COUNT],
  ["-stream_loop", INTEGER],
  ["-ss", TIME],
  ["-rtsp_transport", /^(?:tcp|udp|http|https)$/],
  ["-rtbufsize", BYTES],
  ["-probesize", BYTES],
  ["-analyzeduration", COUNT],
  ["-thread_queue_size", COUNT],
  ["-fflags", /^\+?(?:nobuffer|discardcorrupt|genpts)(?:\+(?:nobuffer|discardcorrupt|genpts))*$/],
  ["-flags", /^\+?low_delay$/],
  ["-hwaccel", /^(?:none|auto|vaapi|vdpau|cuda|qsv|videotoolbox|d3d11va|dxva2)$/],
  ["-timeout", COUNT],
  ["-reconnect", SWITCH],
  ["-reconnect_streamed", SWITCH],
  ["-reconnect_delay_max", COUNT],
]);

/** A check for lists of arguments: each is a known option followed by its value, e.g. `["-framerate", "30", "-re"]`. */
export const onlyKnownOptions: z.core.CheckFn<string[]> = (payload) => {
  const refuse = (index: number, message: string) =>
    payload.issues.push({ code: "custom", input: undefined, path: [index], message });
  const given = payload.value;
  for (let index = 0; index < given.length; index += 1) {
    const form = OPTIONS.get(given[index] ?? "");
    if (form === undefined) refuse(index, `must be one of ${[...OPTIONS.keys()].join(", ")}`);
    if (form instanceof RegExp) {
      const value = given[++index];
      if (value === undefined) refuse(index - 1, "must be followed by its value");
      else if (!form.test(value)) refuse(index, `must be a value for ${given[index - 1]}`);
    }
  }
};
