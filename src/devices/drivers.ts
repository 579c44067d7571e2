import type { DeviceType } from "./address.ts";
import type { DeviceHttp } from "./device_http.ts";
import type { DriverPorts, LightDriver } from "./driver.ts";
import { createWledDriver } from "./wled.ts";

type DriverOf = (url: string, http: DeviceHttp, ports: DriverPorts) => LightDriver;

/** How each type of device is switched; null for those that cannot be, or not yet. */
export const DRIVERS: Readonly<Record<DeviceType, DriverOf | null>> = {
  wled: createWledDriver,
  ddp: null,
  sacn: null,
  artnet: null,
  virtual: null,
  routeros: null,
};
