import type { Network } from "../devices/provider.ts";
import type { Resolve } from "./lan_lookup.ts";
import { createLanTouch } from "./lan_touch.ts";
import { sacnPacket } from "./sacn_packet.ts";
import { createLanUdp } from "./udp.ts";

/** The ways to devices that do not speak HTTP, until they are closed. */
export interface LanNetwork extends Network {
  close(): Promise<void>;
}

export const createLanNetwork = (options: { readonly resolve?: Resolve } = {}): LanNetwork => ({
  ...createLanUdp(options),
  ...createLanTouch(options),
  e131Packet: sacnPacket,
});
