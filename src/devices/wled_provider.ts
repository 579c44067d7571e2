import { placeOf } from "./address.ts";
import { DDP_PORT } from "./ddp.ts";
import { createDdpSink } from "./pixel_sinks.ts";
import type { Provider } from "./provider.ts";
import { createWledDriver } from "./wled.ts";

/** A WLED controller: switched through its JSON API, painted by DDP, which it always listens for. */
export const wledProvider: Provider = {
  capabilities: ["power", "brightness", "color", "preset", "identify", "configuration"],
  tells: true,
  service: "_wled._tcp.local",
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
