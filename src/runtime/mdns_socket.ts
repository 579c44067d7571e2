import type { Buffer } from "node:buffer";
import { costOf } from "./mdns_gate.ts";
import { createSocket, type RemoteInfo, type Socket } from "node:dgram";

/** The part of a UDP socket that the mDNS library works with. */
export type MdnsSocket =
  & Pick<
    Socket,
    | "once"
    | "removeListener"
    | "address"
    | "bind"
    | "send"
    | "dropMembership"
    | "setMulticastTTL"
    | "setMulticastLoopback"
    | "setMulticastInterface"
    | "close"
  >
  & {
    on(event: string, listener: (...args: never[]) => void): void;
    addMembership(group: string, address: string): void;
  };

export interface GuardedSocket {
  readonly socket: MdnsSocket;
  /** Whether it hears the group. */
  joined(): boolean;
}

/**
 * A socket that looks at the sender and the size of a packet before anybody reads what is in it, and that remembers whether it could
 * join the group: the library only warns, again and again.
 */
export function openGuardedSocket(
  type: "udp4" | "udp6",
  { admits, joinFailed }: {
    readonly admits: (sender: string, cost: number) => boolean;
    readonly joinFailed: (error: unknown) => void;
  },
): GuardedSocket {
  const socket = createSocket({ type, reuseAddr: true });
  let joined = false;
  const onMessage = (listener: (message: Buffer, sender: RemoteInfo) => void) =>
    socket.on("message", (message, sender) => {
      const cost = costOf(message);
      if (cost !== undefined && admits(sender.address, cost)) listener(message, sender);
    });
  return {
    joined: () => joined,
    socket: {
      once: socket.once.bind(socket),
      removeListener: socket.removeListener.bind(socket),
      address: () => socket.address(),
      bind: socket.bind.bind(socket),
      send: socket.send.bind(socket),
      dropMembership: (group, address) => socket.dropMembership(group, address),
      setMulticastTTL: (ttl) => socket.setMulticastTTL(ttl),
      setMulticastLoopback: (on) => socket.setMulticastLoopback(on),
      setMulticastInterface: (address) => socket.setMulticastInterface(address),
      close: (done) => socket.close(done),
      on: (event, listener) => {
        // The library hands over the listener that belongs to each event.
        if (event === "message") onMessage(listener as unknown as Parameters<typeof onMessage>[0]);
        else socket.on(event, listener as (...args: unknown[]) => void); // as above
      },
      addMembership: (group, address) => {
        try {
          socket.addMembership(group, address);
          joined = true;
        } catch (error) {
          joinFailed(error);
          throw error;
        }
      },
    },
  };
}
