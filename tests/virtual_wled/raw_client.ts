import { connect } from "node:net";

/** What became of a request. */
export interface Outcome {
  readonly bytes: number;
  /** The beginning of what came. */
  readonly text: string;
  /** Undefined while the connection stays open. */
  readonly ended: "closed" | "refused" | undefined;
}

export interface RawClient {
  outcome(): Outcome;
  stop(): void;
}

const KEPT = 4096;

/** A GET as bytes, so that also what is not HTTP can be seen. */
export function rawGet(url: string, path = "/json/si"): RawClient {
  let outcome: Outcome = { bytes: 0, text: "", ended: undefined };
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("data", (chunk) => {
    const text = (outcome.text + chunk.toString("latin1")).slice(0, KEPT);
    outcome = { ...outcome, bytes: outcome.bytes + chunk.length, text };
  });
  const end = (ended: "closed" | "refused") => {
    outcome = { ...outcome, ended: outcome.ended ?? ended };
  };
  socket.on("error", () => end(socket.bytesWritten > 0 || outcome.bytes > 0 ? "closed" : "refused"));
  socket.on("close", () => end("closed"));
  socket.on("connect", () => socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`));
  return { outcome: () => outcome, stop: () => void socket.destroy() };
}
