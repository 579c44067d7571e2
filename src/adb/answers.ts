import { cleanLine } from "../entities/text.ts";

/** How an attempt to connect ended. adb tells it in words alone: its exit code is 0 also when it failed. */
export type ConnectOutcome = "connected" | "already" | "unauthorized" | "silent" | "unreachable" | "broken";

export function connectOutcome(stdout: string): ConnectOutcome {
  if (/^connected to /m.test(stdout)) return "connected";
  if (/^already connected to /m.test(stdout)) return "already";
  if (/^failed to authenticate to /m.test(stdout)) return "unauthorized";
  if (!/^(?:failed|unable|cannot)\b.* connect\b/m.test(stdout)) return "broken";
  // With a reason behind the address nothing was there; without one the other end took the connection and said nothing.
  return /': .+$/m.test(stdout) && !/timed out/i.test(stdout) ? "unreachable" : "silent";
}

export const isDisconnected = (stdout: string): boolean => /^disconnected /m.test(stdout);
export const isUnknownDevice = (text: string): boolean => /no such device/i.test(text);

/** A device as adb lists it, whether connected over the network or by cable. */
export interface AdbDevice {
  readonly serial: string;
  /** In adb's words, e.g. `device`, `offline`, `unauthorized`. */
  readonly state: string;
  readonly model: string | null;
}

const MOST_DEVICES = 100;
const LONGEST_TEXT = 128;
const LINE = /^(\(no serial number\)|\S+)\s+(no permissions|\S+)(.*)$/;

/** The devices in what `adb devices -l` wrote. */
export function listedDevices(stdout: string): readonly AdbDevice[] {
  const [, list = ""] = stdout.split(/^List of devices attached.*$/m);
  return list.split("\n").flatMap((line) => {
    const [, serial = "", state = "", details = ""] = LINE.exec(shown(line, line.length)) ?? [];
    if (serial === "") return [];
    const model = /\bmodel:(\S+)/.exec(details)?.[1];
    return [{
      serial: shown(serial),
      state: shown(state),
      model: model === undefined ? null : shown(model),
    }];
  }).slice(0, MOST_DEVICES);
}

const shown = (text: string, longest = LONGEST_TEXT) => cleanLine(text.replaceAll("\t", " ")).slice(0, longest);
