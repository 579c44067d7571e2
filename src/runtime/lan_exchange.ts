import { Buffer } from "node:buffer";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { DeviceFailure, OfflineReason } from "../devices/device_http.ts";

export type Outcome = { readonly ok: true; readonly json: unknown; readonly text: string } | DeviceFailure;

/** One request and its answer on a connection of its own. However it ends, the connection is closed and gone. */
export function exchange(
  open: () => ClientRequest,
  { body, bytes, limit }: {
    readonly body: string | undefined;
    readonly bytes: number;
    readonly limit: AbortSignal;
  },
): Promise<Outcome> {
  if (limit.aborted) return Promise.resolve({ ok: false, reason: "timeout", sent: false });
  return new Promise((resolve) => {
    const request = open();
    const stage = watchStage(request);
    const end = (outcome: Outcome) => {
      limit.removeEventListener("abort", late);
      request.destroy();
      resolve(outcome);
    };
    const fail = (reason: OfflineReason) => end({ ok: false, reason, sent: stage.sent() });
    const late = () => fail("timeout");
    limit.addEventListener("abort", late);
    request.on("error", (error) => fail(stage.securing() ? "tls" : reasonOf(error)));
    // The last event in any case: what has not ended by then never will.
    request.on("close", () => fail("unreachable"));
    // Also what stands around the body: heads without end, chunk extensions, interim answers.
    request.on("socket", (socket) => countBytes(socket, ENVELOPE + bytes, () => fail("too_large")));
    request.on("response", (answer) => {
      if (isRefusal(answer)) stage.refused();
      const unread = unreadOf(answer, bytes);
      if (unread !== undefined) return fail(unread);
      readAll(answer, bytes, fail, (text) => end(parse(text, stage.sent())));
    });
    if (body !== undefined) request.setHeader("content-type", "application/json");
    if (body !== undefined) request.setHeader("content-length", Buffer.byteLength(body));
    request.end(body);
  });
}

/** Bytes that an answer may have beside its body. */
const ENVELOPE = 65_536;

function countBytes(socket: Socket, most: number, tooMany: () => void): void {
  let seen = 0;
  socket.on("data", (part: Uint8Array) => {
    seen += part.length;
    if (seen > most) tooMany();
  });
}

/** The device says that it did nothing of the kind; a failure of its own (5xx) leaves that open. */
const isRefusal = ({ statusCode = 0 }: IncomingMessage) => statusCode >= 300 && statusCode < 500;

/** How far a request has come. */
function watchStage(request: ClientRequest) {
  let [connected, secured, refused] = [false, request.protocol !== "https:", false];
  request.on("socket", (socket) => {
    socket.once("connect", () => void (connected = true));
    socket.once("secureConnect", () => void (secured = true));
  });
  return {
    sent: () => connected && secured && !refused,
    refused: () => void (refused = true),
    securing: () => connected && !secured,
  };
}

/** Why an answer is not read at all. */
function unreadOf({ statusCode = 0, headers }: IncomingMessage, bytes: number): OfflineReason | undefined {
  if (statusCode >= 300 && statusCode < 400) return "redirected";
  if (statusCode < 200 || statusCode >= 400) return "http_error";
  return Number(headers["content-length"] ?? 0) > bytes ? "too_large" : undefined;
}

function readAll(
  answer: IncomingMessage,
  most: number,
  fail: (reason: OfflineReason) => void,
  done: (text: Uint8Array) => void,
): void {
  const chunks: Uint8Array[] = [];
  let size = 0;
  answer.on("error", () => fail("unreachable"));
  answer.on("end", () => done(Buffer.concat(chunks)));
  answer.on("data", (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > most) return fail("too_large");
    chunks.push(chunk);
  });
}

function parse(bytes: Uint8Array, sent: boolean): Outcome {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { ok: true, json: JSON.parse(text), text };
  } catch {
    return { ok: false, reason: "not_json", sent };
  }
}

/** What is not HTTP at all counts as an answer that nobody can read. */
function reasonOf(error: Error): OfflineReason {
  const code = "code" in error ? String(error.code) : "";
  if (code === "HPE_HEADER_OVERFLOW") return "too_large";
  return code.startsWith("HPE_") ? "not_json" : "unreachable";
}
