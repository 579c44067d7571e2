/** What is used here of the package `multicast-dns`, which brings no types. */
export interface Question {
  readonly name: string;
  readonly type: string;
}

export interface Srv {
  readonly port: number;
  readonly target: string;
}

export interface Answer {
  readonly name: string;
  readonly type: string;
  readonly ttl: number;
  readonly flush?: boolean;
  readonly data: string | Srv | readonly string[] | readonly Uint8Array[];
}

export interface Packet {
  readonly questions: readonly Question[];
  readonly answers: readonly Answer[];
  readonly additionals: readonly Answer[];
}

export interface Sender {
  readonly address: string;
  readonly port: number;
}

export interface MulticastDns {
  on(event: "query" | "response", listener: (packet: Packet, sender: Sender) => void): void;
  on(event: "error" | "warning", listener: (error: Error) => void): void;
  on(event: "ready", listener: () => void): void;
  query(
    packet: { readonly questions: readonly Question[] },
    done: (error?: Error | null) => void,
  ): void;
  respond(
    packet: { readonly answers: readonly Answer[]; readonly additionals?: readonly Answer[] },
    done: (error?: Error | null) => void,
  ): void;
  destroy(done: () => void): void;
}

export default function multicastDns(options: { readonly interface: string; readonly bind: string }): MulticastDns;
