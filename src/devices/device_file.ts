import { Refusal } from "../base/errors.ts";
import type { DeviceHttp } from "./device_http.ts";
import { reasonWords } from "./reasons.ts";
import type { Devices } from "./service.ts";

/** A file as it was answered, or why not, to follow a colon. */
export type FileAnswer =
  | { readonly ok: true; readonly text: string }
  | {
    readonly ok: false;
    readonly code: "device_failed" | "device_timeout" | "unavailable";
    readonly words: string;
  };

const LIMITS = { ms: 5000, bytes: 524_288 } as const;

/** Reads JSON files of devices, each while nobody else speaks to it. Never rejects. */
export const createDeviceFiles = (
  { devices, http }: { readonly devices: Pick<Devices, "exclusively">; readonly http: DeviceHttp },
) =>
async (
  { id, url }: { readonly id: string; readonly url: string },
  path: string,
  signal: AbortSignal,
): Promise<FileAnswer> => {
  try {
    const answer = await devices.exclusively(id, () => http.request(url + path, { ...LIMITS, signal }));
    if (answer.ok) return { ok: true, text: answer.text };
    const code = answer.reason === "timeout" ? "device_timeout" : "device_failed";
    return { ok: false, code, words: reasonWords(answer.reason) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: "unavailable", words: "too many requests wait for it" };
    throw error;
  }
};
