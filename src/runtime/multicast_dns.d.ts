/** What is used here of the package `multicast-dns`, which brings no types. */
import type { MdnsSocket } from "./mdns_socket.ts";

export interface RawQuestion {
  readonly name: string;
  readonly type: string;
}

/** `data` is whatever the type makes of it, from whoever sent it. */
export interface RawRecord {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number;
  readonly class?: string;
  readonly flush?: boolean;
  readonly data?: unknown;
}

export interface RawPacket {
  readonly questions: readonly RawQuestion[];
  readonly answers: readonly RawRecord[];
  readonly additionals: readonly RawRecord[];
}

export interface RawSender {
  readonly address: string;
  readonly port: number;
}

type Sent = (error?: Error | null) => void;

export interface MulticastDns {
  on(event: "query" | "response", listener: (packet: RawPacket, sender: RawSender) => void): void;
  on(event: "error" | "warning", listener: (error: Error) => void): void;
  on(event: "ready", listener: () => void): void;
  query(packet: { readonly questions: readonly RawQuestion[] }, sent: Sent): void;
  respond(
    packet: { readonly answers: readonly RawRecord[]; readonly additionals: readonly RawRecord[] },
    sent: Sent,
  ): void;
  destroy(done: () => void): void;
}

export default function multicastDns(
  options: {
    readonly type: "udp4" | "udp6";
    readonly ip: string;
    readonly interface: string;
    readonly bind: string;
    readonly socket: MdnsSocket;
  },
): MulticastDns;
