import { z } from "zod";
import { DDP_PORT } from "./ddp.ts";
import { createDdpSink } from "./pixel_sinks.ts";
import { placeOf } from "./place.ts";
import type { Provider } from "./provider.ts";
import { createWledDriver } from "./wled.ts";

/** What a WLED controller says about its strip in `/json/info`; everything else in it varies by version. */
const WLED_INFO = z.object({ leds: z.object({ count: z.int().min(1).max(10_000) }) });
const READ_LIMITS = { ms: 2500, bytes: 65_536 } as const;

/** A WLED controller: switched through its JSON API, painted by DDP, which it always listens for. */
export const wledProvider: Provider<"wled"> = {
  type: "wled",
  schemes: ["http", "https"],
  mayLackUrl: false,
  capabilities: ["power", "brightness", "color", "preset", "identify", "configuration"],
  tells: true,
  service: "_wled._tcp.local",
  readLedCount: async (url, { readJson }) => {
    const info = WLED_INFO.safeParse(await readJson(`${url}/json/info`, READ_LIMITS));
    return info.success ? info.data.leds.count : undefined;
  },
  open: ({ url }, { http, network, delay }) => {
    const pause = (ms: number) => new Promise<void>((resolve) => void delay(resolve, ms));
    const light = createWledDriver(url ?? "", http, { pause });
    return {
      light,
      // It knows the order of its strip's channels itself.
      pixels: createDdpSink({ ...placeOf(url, DDP_PORT), port: DDP_PORT }, "rgb", network),
      check: light.read,
      kept: () => null,
      close: () => Promise.resolve(),
    };
  },
};
