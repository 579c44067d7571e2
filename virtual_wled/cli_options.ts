import { isIP } from "node:net";
import { parseArgs } from "node:util";
import type { ControllerOptions } from "./controller.ts";
import { plainText } from "./draw.ts";

export type CliOptions =
  | { readonly kind: "start"; readonly options: ControllerOptions }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly reason: string };

export const USAGE = `A light controller without hardware: answers WLED's HTTP JSON API, takes DDP and UDP realtime.

Usage: deno task virtual-wled -- [flags]

  --name NAME           default "WLED"
  --leds COUNT          1 to 8192, default 30
  --port PORT           HTTP, default 0: a free one
  --host ADDRESS        default 127.0.0.1
  --ddp-port PORT       UDP, default 4048
  --realtime-port PORT  UDP, default 21324
  --announce            by mDNS, on this machine only
  --help
`;

const FLAGS = {
  name: { type: "string", default: "WLED" },
  leds: { type: "string", default: "30" },
  port: { type: "string", default: "0" },
  host: { type: "string", default: "127.0.0.1" },
  "ddp-port": { type: "string", default: "4048" },
  "realtime-port": { type: "string", default: "21324" },
  announce: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

/** Why a command line cannot be followed; its message is for whoever wrote it. */
class WrongFlag extends Error {
  override readonly name = "WrongFlag";
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new WrongFlag(`--${flag} must be a whole number from ${least} to ${most}`);
}

function nameOf(text: string): string {
  const plain = plainText(text).trim();
  if (plain !== "" && plain.length <= 64) return plain;
  throw new WrongFlag("--name must have 1 to 64 characters");
}

function hostOf(text: string): string {
  if (isIP(text) !== 0) return text;
  throw new WrongFlag("--host must be an IPv4 or IPv6 address");
}

function read(args: readonly string[]): CliOptions {
  const { values } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: false });
  if (values.help) return { kind: "help" };
  const options = {
    name: nameOf(values.name),
    ledCount: whole("leds", values.leds, 1, 8192),
    host: hostOf(values.host),
    port: whole("port", values.port, 0, 65535),
    ddpPort: whole("ddp-port", values["ddp-port"], 0, 65535),
    realtimePort: whole("realtime-port", values["realtime-port"], 0, 65535),
    announce: values.announce,
  };
  return { kind: "start", options };
}

/** Reads the command line; the `--` that `deno task` leaves in front is skipped. */
export function readCliOptions(args: readonly string[]): CliOptions {
  try {
    return read(args[0] === "--" ? args.slice(1) : args);
  } catch (error) {
    // WrongFlag and what parseArgs throws: both say what is wrong with the command line.
    if (error instanceof WrongFlag || error instanceof TypeError) return { kind: "wrong", reason: error.message };
    throw error;
  }
}
