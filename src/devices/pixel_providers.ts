import { ARTNET_PORT, artPoll, isArtPollReply } from "./artnet.ts";
import { DDP_PORT, ddpStatusQuery, isDdpStatus } from "./ddp.ts";
import type { Alive, Place } from "./device_udp.ts";
import { E131_PORT } from "./e131.ts";
import { firstAlive } from "./first_alive.ts";
import type { LightState } from "./light_state.ts";
import { createPixelLight } from "./pixel_light.ts";
import { createArtnetSink, createDdpSink, createE131Sink } from "./pixel_sinks.ts";
import type { PixelSink } from "./pixels.ts";
import { placeOf } from "./place.ts";
import type { Before, DeviceSettings, Network, Provider, ProviderPorts } from "./provider.ts";
import { universeProblem, type UniverseRange } from "./universes.ts";

/** One protocol that carries frames and tells nothing of the light. */
interface PixelProtocol<Type extends string> {
  /** Also the scheme of its addresses. */
  readonly type: Type;
  readonly port: number;
  /** The universes that it has, if it has any. */
  readonly universes?: UniverseRange;
  sink(place: Place, settings: DeviceSettings, ports: ProviderPorts): PixelSink;
  /** What a receiver may answer; many do not. */
  readonly probe?: { readonly question: Uint8Array; readonly isAnswer: (packet: Uint8Array) => boolean };
}

/** Where such a host may accept a connection, or refuse it, when its address names no port. */
const USUAL_TCP_PORT = 80;

const providerOf = <const Type extends string>(protocol: PixelProtocol<Type>): Provider<Type> => ({
  type: protocol.type,
  schemes: [protocol.type],
  mayLackUrl: false,
  capabilities: ["power", "brightness", "color", "identify"],
  tells: false,
  service: null,
  check: ({ universe, led_count }) => {
    const message = protocol.universes && universeProblem(protocol.universes, universe, led_count);
    return message === undefined ? [] : [{ field: "universe", message }];
  },
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
function isAlive(
  { port, probe }: Pick<PixelProtocol<string>, "port" | "probe">,
  { url }: DeviceSettings,
  network: Network,
  signal: AbortSignal,
) {
  const signs: ((signal: AbortSignal) => Promise<Alive>)[] = [
    (until) => network.touch(placeOf(url, USUAL_TCP_PORT), { proof: "answers", signal: until }),
  ];
  if (probe !== undefined) {
    const { question, isAnswer } = probe;
    signs.push((until) => network.ask(placeOf(url, port), question, { isAnswer, signal: until }));
  }
  return firstAlive(signs, signal);
}

export const ddpProvider = providerOf({
  type: "ddp",
  port: DDP_PORT,
  sink: (place, { rgb_order }, { network }) => createDdpSink(place, rgb_order, network),
  probe: { question: ddpStatusQuery(), isAnswer: isDdpStatus },
});

export const artnetProvider = providerOf({
  type: "artnet",
  port: ARTNET_PORT,
  universes: { first: 0, last: 32_767 },
  sink: (place, { rgb_order: rgbOrder, universe }, { network }) =>
    createArtnetSink(place, { rgbOrder, universe }, network),
  probe: { question: artPoll(), isAnswer: isArtPollReply },
});

export const sacnProvider = providerOf({
  type: "sacn",
  port: E131_PORT,
  universes: { first: 1, last: 63_999 },
  sink: (place, { rgb_order: rgbOrder, universe, priority }, { network, entropy }) =>
    createE131Sink(place, { rgbOrder, universe, priority, source: entropy.bytes(16) }, network),
});
