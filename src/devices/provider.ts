import type { Entropy, Turn } from "../audit/ports.ts";
import type { FieldProblem, Outside } from "../entities/definition.ts";
import type { Capability } from "./capabilities.ts";
import type { DeviceFailure, DeviceHttp } from "./device_http.ts";
import type { DeviceTouch } from "./device_touch.ts";
import type { DeviceUdp } from "./device_udp.ts";
import type { LightDriver } from "./driver.ts";
import type { E131Packet } from "./e131.ts";
import type { LightState } from "./light_state.ts";
import type { PixelSink } from "./pixels.ts";

/** What is configured of a device, as far as it matters for speaking to it. */
export interface DeviceSettings {
  readonly url: string | null;
  readonly enabled: boolean;
  readonly led_count: number;
  readonly rgb_order: string;
  readonly universe: number;
  readonly priority: number;
}

/** The ways to devices of every kind. */
export interface Network extends DeviceUdp, DeviceTouch {
  readonly e131Packet: E131Packet;
}

/** What providers are made with. */
export interface ProviderPorts {
  readonly http: DeviceHttp;
  readonly network: Network;
  readonly delay: Turn["delay"];
  readonly entropy: Entropy;
}

/** `state`: what the light showed, where the check tells; `ms`: how long the device took to give a sign of life. */
export type Checked =
  | { readonly ok: true; readonly ms: number; readonly state: LightState | null }
  | DeviceFailure;

/** How a light that only hears is left: put out, or as it is, with nothing sent any more. */
export type Parting = "dark" | "as_it_is";

/** One device as it is spoken to, until it is configured anew. */
export interface Link {
  /** Null where there is no light. */
  readonly light: LightDriver | null;
  /** Null where there are no pixels. Whoever sends frames keeps out of the way of `light`. */
  readonly pixels: PixelSink | null;
  /** Whether the device is there and as it should be. Never rejects. */
  check(signal: AbortSignal): Promise<Checked>;
  /** What it shows, where this server is the one that knows; null where the device is. */
  kept(): LightState | null;
  /**
   * Ends what goes on by itself; everything that has to be sent for that is under way when this returns. A light is left
   * dark unless told otherwise.
   */
  close(parting?: Parting): Promise<void>;
}

/** What the same device was before it was configured anew. */
export interface Before {
  readonly settings: DeviceSettings;
  readonly state: LightState | null;
}

/** What is known of the way the pixels of a device are sent before it is spoken to. */
export type Painting = Pick<DeviceSettings, "led_count" | "universe">;

/** One type of device: what it is by its settings, and how it is spoken to. */
export interface Provider<Type extends string = string> {
  readonly type: Type;
  /** What the address of such a device may begin with, e.g. `http`. */
  readonly schemes: readonly string[];
  /** True when such a device needs no address. */
  readonly mayLackUrl: boolean;
  readonly capabilities: readonly Capability[];
  /**
   * True when such a device tells what it shows, also after somebody else changed it. Otherwise what it shows is what was
   * sent to it last, and reading or changing that proves nothing about the device.
   */
  readonly tells: boolean;
  /** The DNS-SD service that such devices announce, if there is one that tells their type. */
  readonly service: string | null;
  /** What is wrong with its other fields for such a device. */
  check?(painting: Painting): readonly FieldProblem[];
  /** Asks the device at a checked address how many LEDs it has; undefined when it does not say. */
  readLedCount?(url: string, outside: Pick<Outside, "readJson">): Promise<number | undefined>;
  /** Begins by itself only what went on before. */
  open(settings: DeviceSettings, ports: ProviderPorts, before: Before | undefined): Link;
}
