import { placeOf } from "./address.ts";
import { ARTNET_PORT, artPoll, isArtPollReply } from "./artnet.ts";
import { DDP_PORT, ddpStatusQuery, isDdpStatus } from "./ddp.ts";
import type { Alive, Place } from "./device_udp.ts";
import { E131_PORT } from "./e131.ts";
import { firstAlive } from "./first_alive.ts";
import type { LightState } from "./light_state.ts";
import { createPixelLight } from "./pixel_light.ts";
import { createArtnetSink, createDdpSink, createE131Sink } from "./pixel_sinks.ts";
import type { PixelSink } from "./pixels.ts";
import type { Before, DeviceSettings, Network, Provider, ProviderPorts } from "./provider.ts";

/** One protocol that carries frames and tells nothing of the light. */
interface PixelProtocol {
  readonly port: number;
  sink(place: Place, settings: DeviceSettings, ports: ProviderPorts): PixelSink;
  /** What a receiver may answer; many do not. */
  readonly probe?: { readonly question: Uint8Array; readonly isAnswer: (packet: Uint8Array) => boolean };
}

/** Where such a host may accept a connection, or refuse it, when its address names no port. */
const USUAL_TCP_PORT = 80;

const providerOf = (protocol: PixelProtocol): Provider => ({
  capabilities: ["power", "brightness", "color", "identify"],
  tells: false,
  service: null,
  open: (settings, ports, before) => {
    const place = placeOf(settings.url, protocol.port);
    const pixels = protocol.sink(place, settings, ports);
    const light = createPixelLight({
      sink: pixels,
      ledCount: settings.led_count,
      delay: ports.delay,
      before: goingOn(settings, before),
    });
    return {
      light,
      pixels,
      check: async (signal) => {
        const alive = await isAlive(protocol, settings, ports.network, signal);
        return alive.ok ? { ...alive, state: light.kept() } : alive;
      },
      kept: light.kept,
      close: light.close,
    };
  },
});

/** At another address is another lamp, and one that was disabled is dark: neither begins to shine by itself. */
function goingOn({ url, enabled }: DeviceSettings, before: Before | undefined): LightState | null {
  if (before === undefined || before.state === null) return null;
  const isSame = enabled && before.settings.enabled && url === before.settings.url;
  return { ...before.state, on: before.state.on && isSame };
}

/** Whoever answers lives, whether by the protocol or by its TCP. */
function isAlive({ port, probe }: PixelProtocol, { url }: DeviceSettings, network: Network, signal: AbortSignal) {
  const signs: ((signal: AbortSignal) => Promise<Alive>)[] = [
    (until) => network.touch(placeOf(url, USUAL_TCP_PORT), { proof: "answers", signal: until }),
  ];
  if (probe !== undefined) {
    const { question, isAnswer } = probe;
    signs.push((until) => network.ask(placeOf(url, port), question, { isAnswer, signal: until }));
  }
  return firstAlive(signs, signal);
}

export const ddpProvider: Provider = providerOf({
  port: DDP_PORT,
  sink: (place, { rgb_order }, { network }) => createDdpSink(place, rgb_order, network),
  probe: { question: ddpStatusQuery(), isAnswer: isDdpStatus },
});

export const artnetProvider: Provider = providerOf({
  port: ARTNET_PORT,
  sink: (place, { rgb_order: rgbOrder, universe }, { network }) =>
    createArtnetSink(place, { rgbOrder, universe }, network),
  probe: { question: artPoll(), isAnswer: isArtPollReply },
});

export const sacnProvider: Provider = providerOf({
  port: E131_PORT,
  sink: (place, { rgb_order: rgbOrder, universe, priority }, { network, entropy }) =>
    createE131Sink(place, { rgbOrder, universe, priority, source: entropy.bytes(16) }, network),
});
