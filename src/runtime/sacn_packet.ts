import { Buffer } from "node:buffer";
import { Packet } from "sacn";
import type { E131Packet } from "../devices/e131.ts";

/** What the library has no setting for, or reads a zero of as its own default: where it stands in the packet. */
const PRIORITY_AT = 108;
const OPTIONS_AT = 112;
/** It would take the slots one by one, as an object: several times the work. */
const SLOTS_AT = 126;
const STREAM_TERMINATED = 0x40;

/** E1.31 data packets, by the library `sacn`. */
export const sacnPacket: E131Packet = ({ universe, data, sequence, priority, source, ends }) => {
  const cid = Buffer.from(source);
  const { buffer } = new Packet({ universe, payload: {}, sequence, cid, sourceName: "Lumenlog" });
  buffer[PRIORITY_AT] = priority;
  if (ends) buffer[OPTIONS_AT] = STREAM_TERMINATED;
  buffer.set(data, SLOTS_AT);
  return buffer;
};
