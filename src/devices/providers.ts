import { artnetProvider, ddpProvider, sacnProvider } from "./pixel_providers.ts";
import type { Provider } from "./provider.ts";
import { routerosProvider } from "./routeros.ts";
import { virtualProvider } from "./virtual.ts";
import { wledProvider } from "./wled_provider.ts";

/** Every type of device there is. */
const ALL = [wledProvider, ddpProvider, sacnProvider, artnetProvider, virtualProvider, routerosProvider] as const;

export type DeviceType = typeof ALL[number]["type"];
export const DEVICE_TYPES: readonly DeviceType[] = ALL.map(({ type }) => type);

const byType: unknown = Object.fromEntries(ALL.map((provider) => [provider.type, provider]));

// Each stands under its own type, and there are no others.
export const PROVIDERS = byType as Readonly<Record<DeviceType, Provider>>;
