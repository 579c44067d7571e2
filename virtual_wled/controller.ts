import type { About, LiveSource } from "./about.ts";
import { announce, type Announcement } from "./announcement.ts";
import { createApi } from "./api.ts";
import { type Clock, systemClock } from "./clock.ts";
import { readDdp } from "./ddp.ts";
import { createListener } from "./http_listener.ts";
import { type HttpPort, openHttpPort } from "./http_port.ts";
import { createLight, type Light } from "./light.ts";
import { macOf } from "./mac.ts";
import type { Misbehaviour } from "./misbehaviour.ts";
import { createPlug, type Plug } from "./plug.ts";
import { readRealtime } from "./realtime.ts";
import { settingsOf } from "./settings.ts";
import type { WledState } from "./state.ts";
import { openUdpPort, type UdpPort } from "./udp_port.ts";

export type { LiveSource } from "./about.ts";
export type { Clock } from "./clock.ts";
export type { Misbehaviour } from "./misbehaviour.ts";
export type { WledColor, WledNightlight, WledSegment, WledState } from "./state.ts";

export interface ControllerOptions {
  readonly name: string;
  readonly ledCount: number;
  /** An address, default 127.0.0.1. */
  readonly host?: string;
  /** HTTP, default 0: a free one. */
  readonly port?: number;
  /** UDP, default 0: a free one. WLED's own is 4048. A taken one is replaced by a free one, with a warning. */
  readonly ddpPort?: number;
  /** UDP, default 0: a free one. WLED's own is 21324. A taken one is replaced by a free one, with a warning. */
  readonly realtimePort?: number;
  /** 12 hex digits; made from the name when left out. */
  readonly mac?: string;
  /** Announces itself by mDNS, on loopback only. Default false. */
  readonly announce?: boolean;
  /** After a change of the state or of the colours, for whoever draws it. */
  readonly onChange?: (controller: Controller) => void;
  /** What goes on although something could not be done as asked. */
  readonly onWarning?: (message: string) => void;
  /** Default: the system's. */
  readonly clock?: Clock;
}

export interface Controller {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly ddpPort: number;
  readonly realtimePort: number;
  /** As in `/json/state`. */
  state(): WledState;
  /** RGB of what the strip shows now, three bytes an LED; dark while unplugged. */
  pixels(): Uint8Array;
  /** The button on it: toggles on and off. */
  press(): void;
  /** As `POST /json/state`, from somebody's app. */
  apply(partial: unknown): void;
  /** From now on, until told otherwise. Rejects when plugged in again and the port is taken. */
  misbehave(how: Misbehaviour): Promise<void>;
  behaviour(): Misbehaviour;
  /** Who streams to it, and how; undefined while nobody does. */
  streamSource(): LiveSource | undefined;
  /** Whether it makes itself known by mDNS: false when it was not asked to, and where it cannot. */
  announced(): boolean;
  /** HTTP requests seen. */
  requests(): number;
  /** Again is no error. */
  close(): Promise<void>;
}

const bracketed = (host: string) => host.includes(":") ? `[${host}]` : host;
/** How long "Unplug" on the page lasts, milliseconds. */
const UNPLUGGED = 90_000;
const WILDCARDS: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

interface Ports {
  readonly ddp: UdpPort;
  readonly realtime: UdpPort;
  readonly http: HttpPort;
}

/** All or none. */
async function openPorts(
  { host = "127.0.0.1", port = 0, ddpPort = 0, realtimePort = 0, onWarning }: ControllerOptions,
) {
  const warn = onWarning ?? (() => {});
  const ddp = await openUdpPort({ host, port: ddpPort, warn });
  const realtime = await openUdpPort({ host, port: realtimePort, warn });
  try {
    return { ddp, realtime, http: await openHttpPort(host, port) };
  } catch (error) {
    await Promise.all([ddp.close(), realtime.close()]);
    throw error;
  }
}

function receiveStreams({ ddp, realtime }: Ports, ledCount: number, { stream }: Light, plug: Plug): void {
  const reader = (read: typeof readDdp) => (bytes: Uint8Array, address: string) => {
    const packet = plug.isIn() ? read(bytes, ledCount) : undefined;
    if (packet !== undefined) stream.accept(packet, address);
  };
  ddp.receive(reader(readDdp));
  realtime.receive(reader(readRealtime));
}

function createAbout({ name, ledCount, host = "127.0.0.1", mac = macOf(name) }: ControllerOptions, ports: Ports) {
  const facts = { name, mac, ledCount, realtimePort: ports.realtime.port };
  const ip = WILDCARDS[host] ?? host;
  const about = (light: Light, plug: Plug): About => ({
    ...facts,
    ip,
    segmentCount: light.state().seg.length,
    uptime: plug.uptime(),
    live: light.stream.source(),
  });
  return { about, ip, mac, settings: settingsOf(facts) };
}

/** The parts of a controller that has its ports. */
interface Parts {
  readonly ports: Ports;
  readonly light: Light;
  readonly plug: Plug;
  readonly announcement: Announcement | undefined;
}

function createShutdown({ ports, light, plug, announcement }: Parts): () => Promise<void> {
  let closed: Promise<unknown> | undefined;
  const shut = () => {
    light.stop();
    return Promise.all([announcement?.close(), plug.close(), ports.ddp.close(), ports.realtime.close()]);
  };
  return async () => void await (closed ??= shut());
}

function controllerOf(parts: Parts, ip: string, ledCount: number, requests: () => number): Controller {
  const { ports, light, plug } = parts;
  return {
    url: `http://${bracketed(ip)}:${ports.http.port}`,
    ddpPort: ports.ddp.port,
    realtimePort: ports.realtime.port,
    state: light.state,
    pixels: () => plug.isIn() ? light.pixels() : new Uint8Array(ledCount * 3),
    press: light.press,
    apply: light.apply,
    misbehave: plug.misbehave,
    behaviour: plug.how,
    streamSource: light.stream.source,
    announced: () => parts.announcement?.works() ?? false,
    requests,
    close: createShutdown(parts),
  };
}

/** Starts a controller; rejects when its HTTP port cannot be listened on. */
export async function startController(options: ControllerOptions): Promise<Controller> {
  const { name, ledCount, clock = systemClock, onWarning: warn = () => {} } = options;
  const ports = await openPorts(options);
  const { http } = ports;
  const changed = () => options.onChange?.(controller);
  const light = createLight({ ledCount, clock, changed });
  const restored = () => announcement?.repeat();
  const plug = createPlug({ http, clock, warn, changed, cut: light.stream.end, restored });
  const { about, ip, mac, settings } = createAbout(options, ports);
  const announcement = options.announce
    ? announce({ name, mac, port: http.port, isHeard: plug.isIn, warn })
    : undefined;
  let requests = 0;
  const controller = controllerOf({ ports, light, plug, announcement }, ip, ledCount, () => requests);
  const api = createApi({ light, settings, about: () => about(light, plug) });
  const counted = () => void requests++;
  const unplug = () => plug.unplugFor(UNPLUGGED);
  http.serve(createListener({ api, clock, misbehaviour: plug.how, counted, unplug }));
  receiveStreams(ports, ledCount, light, plug);
  return controller;
}
