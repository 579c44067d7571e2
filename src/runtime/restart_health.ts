import { get } from "node:http";
import { connect } from "node:net";

/** Where this process's own server listens: an address, which may stand for all of them, or a name. */
export interface OwnAddress {
  readonly host: string;
  readonly port: number;
}

const LIMIT_MS = 5000;

const WILDCARDS: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };
const reachable = ({ host, port }: OwnAddress) => ({ host: WILDCARDS[host] ?? host, port });

/** Whether the server says that it works, asked over its socket as anybody would. Never rejects. */
export const answersHealth = (address: OwnAddress): Promise<boolean> =>
  withinLimit((settle) => {
    const request = get({ ...reachable(address), path: "/health", agent: false });
    request.on("response", (response) => {
      response.resume();
      settle(response.statusCode === 200);
    });
    request.on("error", () => settle(false));
    return () => request.destroy();
  });

/** Whether somebody takes connections there. Never rejects. */
export const takesConnections = (address: OwnAddress): Promise<boolean> =>
  withinLimit((settle) => {
    const socket = connect(reachable(address));
    socket.on("connect", () => settle(true));
    socket.on("error", () => settle(false));
    return () => socket.destroy();
  });

function withinLimit(ask: (settle: (answer: boolean) => void) => () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (answer: boolean) => {
      clearTimeout(limit);
      resolve(answer);
      setTimeout(end); // not before what asked is known
    };
    const limit = setTimeout(() => settle(false), LIMIT_MS);
    const end = ask(settle);
  });
}
