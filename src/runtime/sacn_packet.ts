import { Buffer } from "node:buffer";
import { Packet } from "sacn";
import type { E131Packet } from "../devices/e131.ts";

/** What the library has no setting for, or reads a zero of as its own default: where it stands in the packet. */
const PRIORITY_AT = 108;
const OPTIONS_AT = 112;
const STREAM_TERMINATED = 0x40;

/** E1.31 data packets, by the library `sacn`. */
export const sacnPacket: E131Packet = ({ universe, data, sequence, priority, source, ends }) => {
  const payload = Object.fromEntries([...data].map((value, index) => [index + 1, value]));
  const cid = Buffer.from(source);
  const { buffer } = new Packet({ universe, payload, sequence, cid, sourceName: "Lumenlog", useRawDmxValues: true });
  buffer[PRIORITY_AT] = priority;
  if (ends) buffer[OPTIONS_AT] = STREAM_TERMINATED;
  return buffer;
};
