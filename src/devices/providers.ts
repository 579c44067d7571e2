import type { DeviceType } from "./address.ts";
import { artnetProvider, ddpProvider, sacnProvider } from "./pixel_providers.ts";
import type { Provider } from "./provider.ts";
import { routerosProvider } from "./routeros.ts";
import { virtualProvider } from "./virtual.ts";
import { wledProvider } from "./wled_provider.ts";

/** How each type of device is spoken to. */
export const PROVIDERS: Readonly<Record<DeviceType, Provider>> = {
  wled: wledProvider,
  ddp: ddpProvider,
  sacn: sacnProvider,
  artnet: artnetProvider,
  virtual: virtualProvider,
  routeros: routerosProvider,
};
