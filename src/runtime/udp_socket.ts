import { createSocket, type Socket } from "node:dgram";

/** A socket of one family on a free port, which is opened when it is first needed and does not keep the process alive. */
export interface UdpSocket {
  /** False when it could not be sent. One after the other: runtimes send what is under way together in any order. */
  send(packet: Uint8Array, address: string, port: number): Promise<boolean>;
  /** True once such a packet came from there, false when the signal aborts before. */
  waitFor(
    address: string,
    port: number,
    isAnswer: (packet: Uint8Array) => boolean,
    limit: AbortSignal,
  ): Promise<boolean>;
  close(): Promise<void>;
}

type Reader = (packet: Uint8Array, address: string, port: number) => void;

export function createUdpSocket(family: "udp4" | "udp6"): UdpSocket {
  const readers = new Set<Reader>();
  /** Whoever waits to hear that a packet is on its way. */
  const sending = new Set<(sent: boolean) => void>();
  let socket: Socket | undefined;
  let closed = false;
  let last = Promise.resolve(true);

  const failAll = () => [...sending].forEach((end) => end(false));

  const open = (): Socket => {
    const opened = createSocket(family);
    // A socket that has failed is left behind; the next packet opens another.
    opened.once("error", () => {
      if (socket === opened) socket = undefined;
      opened.close();
      failAll();
    });
    opened.on("error", () => {}); // of one that is left behind
    opened.on("message", (packet, { address, port }) => readers.forEach((read) => read(packet, address, port)));
    opened.unref();
    return opened;
  };

  const sendNow = (packet: Uint8Array, address: string, port: number) =>
    new Promise<boolean>((resolve) => {
      if (closed) return resolve(false);
      const end = (sent: boolean) => {
        sending.delete(end);
        resolve(sent);
      };
      sending.add(end);
      try {
        socket ??= open();
        socket.send(packet, port, address, (error) => end(!error));
      } catch {
        end(false); // an address or port that the runtime itself refuses
      }
    });

  return {
    send: (packet, address, port) => {
      const sent = last.then(() => sendNow(packet, address, port));
      last = sent;
      return sent;
    },
    waitFor: (address, port, isAnswer, limit) =>
      new Promise((resolve) => {
        const end = (answered: boolean) => {
          readers.delete(read);
          limit.removeEventListener("abort", late);
          resolve(answered);
        };
        const late = () => end(false);
        const read: Reader = (packet, from, fromPort) => {
          if (from === address && fromPort === port && isAnswer(packet)) end(true);
        };
        readers.add(read);
        limit.addEventListener("abort", late);
        if (limit.aborted) late();
      }),
    close: () =>
      new Promise((resolve) => {
        closed = true;
        const open = socket;
        socket = undefined;
        failAll();
        if (open === undefined) return resolve();
        open.close(() => resolve());
      }),
  };
}
