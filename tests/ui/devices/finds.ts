import type { Discovered } from "../../../src/ui/base/messages.ts";

/** A device as the network tells of it. */
export const find = (name: string, id = `dsc_${name}`): Discovered => ({
  id,
  name,
  device_type: "wled",
  url: "http://192.168.1.20",
  address: "192.168.1.20",
  host: "wled.local",
  mac: null,
  first_seen_at: "2026-11-22T10:00:00.000Z",
  last_seen_at: "2026-11-22T10:00:00.000Z",
});
