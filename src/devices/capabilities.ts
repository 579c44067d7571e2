/** What can be done with a device. */
export const CAPABILITIES = ["power", "brightness", "color", "preset", "identify", "configuration"] as const;
export type Capability = typeof CAPABILITIES[number];
