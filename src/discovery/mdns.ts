/** A record of multicast DNS. Names have no final dot; `ttl` is in seconds, 0 takes the record back. */
export type MdnsRecord =
  & {
    readonly name: string;
    readonly ttl: number;
    /** True when it replaces what was told of the name before. */
    readonly flush?: boolean;
  }
  & (
    | { readonly type: "PTR"; readonly target: string }
    | { readonly type: "SRV"; readonly target: string; readonly port: number }
    | { readonly type: "TXT"; readonly texts: readonly string[] }
    | { readonly type: "A" | "AAAA"; readonly address: string }
  );

export interface MdnsQuestion {
  readonly name: string;
  readonly type: MdnsRecord["type"] | "ANY";
}

/** One network that this machine is on, as far as multicast DNS works there. */
export interface Link {
  /** This machine's own addresses there. */
  readonly addresses: readonly string[];
  /** Tells everybody there; resolves when that is sent, or could not be. */
  respond(answers: readonly MdnsRecord[], additionals?: readonly MdnsRecord[]): Promise<void>;
}

/** Who wants to hear what. Nothing of it throws. */
export interface Hearing {
  /** Somebody told these, in one packet. `sender`: an address of this network. Texts are as they came. */
  answered(records: readonly MdnsRecord[], sender: string): void;
  /** Somebody asked; `known` is what they have already. */
  asked(questions: readonly MdnsQuestion[], known: readonly MdnsRecord[], link: Link): void;
  linked(link: Link): void;
  unlinked(link: Link): void;
}

/**
 * Multicast DNS (RFC 6762) on the interfaces of this machine. They may come and go; nothing throws. What comes too fast, is
 * malformed or not from the LAN is never handed on.
 */
export interface Mdns {
  /** Once. */
  start(hearings: readonly Hearing[]): void;
  /** Asks on every link. */
  query(questions: readonly MdnsQuestion[]): void;
  /** Why nothing can be heard now, in one sentence; null while it works on at least one interface. */
  problem(): string | null;
  stop(): Promise<void>;
}
