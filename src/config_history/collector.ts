import type { RefusalCode } from "../base/errors.ts";
import { isRouterOsExport } from "./routeros_text.ts";
import type { Gear, ResourceType } from "./types.ts";

/** What a device answered, or why it could not be had, to follow a colon. */
export type Collected =
  | { readonly ok: true; readonly text: string }
  | {
    readonly ok: false;
    readonly code: Extract<RefusalCode, "conflict" | "device_failed" | "device_timeout" | "unavailable">;
    readonly words: string;
  };

/** Reads the configuration of one device. Never rejects; gives up soon after the signal. */
export type Collect = (gear: Gear, signal: AbortSignal) => Promise<Collected>;

/** The world as the collectors reach it. Neither rejects. */
export interface CollectorPorts {
  /** A JSON file of a device over HTTP, while nobody else speaks to it. */
  readonly readFile: (
    device: { readonly id: string; readonly url: string },
    path: string,
    signal: AbortSignal,
  ) => Promise<Collected>;
  /** What a command says over SSH. */
  readonly runOverSsh: RunOverSsh;
}

export interface SshCommand {
  /** `ssh://host[:port]` */
  readonly url: string;
  readonly user: string;
  /** Path of the private key. */
  readonly identity: string;
  readonly command: string;
}

export type RunOverSsh = (command: SshCommand, signal: AbortSignal) => Promise<Collected>;

type Collector = (ports: CollectorPorts) => Collect;

const wled: Collector = ({ readFile }) => async (gear, signal) => {
  const cfg = await readFile(gear, "/cfg.json", signal);
  if (!cfg.ok) return cfg;
  const presets = await readFile(gear, "/presets.json", signal);
  if (!presets.ok) return presets;
  if (!isSettings(cfg.text) || !isObject(presets.text)) {
    return { ok: false, code: "device_failed", words: "its answer is not the configuration of a WLED controller" };
  }
  return { ok: true, text: `{"cfg":${cfg.text},"presets":${presets.text}}` };
};

const isObject = (text: string): boolean => text.trimStart().startsWith("{");

/** Every version has its hardware in it. */
function isSettings(text: string): boolean {
  const settings: unknown = isObject(text) ? JSON.parse(text) : undefined;
  return typeof settings === "object" && settings !== null && "hw" in settings;
}

const routeros: Collector = ({ runOverSsh }) => async ({ url, sshUser, sshIdentity }, signal) => {
  const missing = [...(sshUser === null ? ["ssh_user"] : []), ...(sshIdentity === null ? ["ssh_identity"] : [])];
  if (sshUser === null || sshIdentity === null) {
    return { ok: false, code: "conflict", words: `${missing.join(" and ")} must be set first` };
  }
  const said = await runOverSsh({ url, user: sshUser, identity: sshIdentity, command: "/export" }, signal);
  if (!said.ok || isRouterOsExport(said.text)) return said;
  return { ok: false, code: "device_failed", words: "its answer is not an export of RouterOS" };
};

/** How the configuration of each type of device is read. */
export const COLLECTORS: Readonly<Record<ResourceType, Collector>> = { wled, routeros };
