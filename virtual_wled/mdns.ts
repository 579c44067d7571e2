// @ts-types="./multicast_dns.d.ts"
import multicastDns, { type MulticastDns } from "multicast-dns";

export type { Answer, MulticastDns, Packet, Question } from "./multicast_dns.d.ts";

export const LOOPBACK = "127.0.0.1";

/** Multicast DNS on loopback only: nothing leaves the machine. */
export const openMulticastDns = (): MulticastDns => multicastDns({ interface: LOOPBACK, bind: "0.0.0.0" });
