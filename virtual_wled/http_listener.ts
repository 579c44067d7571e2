import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { type Answer, type Api, json } from "./api.ts";
import { answerAs } from "./bad_answers.ts";
import type { Clock } from "./clock.ts";
import type { Misbehaviour } from "./misbehaviour.ts";
import { pageFile } from "./page_files.ts";
import { readBody } from "./request_body.ts";

export interface HttpDeps {
  readonly api: Api;
  readonly clock: Clock;
  readonly misbehaviour: () => Misbehaviour;
  readonly counted: () => void;
  /** Somebody pressed "Unplug" on the page; the answer is already sent. */
  readonly unplug: () => void;
}

const NOT_FOUND: Answer = { status: 404, type: "text/plain; charset=utf-8", body: "Not found" };
const TOO_LARGE: Answer = json(`{"error":11}`, 413);
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function send(response: ServerResponse, { status, type, body }: Answer): void {
  const length = Buffer.byteLength(body);
  response.writeHead(status, {
    // Few sockets, as on a real one: a connection serves one request.
    connection: "close",
    "content-type": type,
    "content-length": length,
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

const pathOf = ({ url = "/" }: IncomingMessage) => {
  const [path = "/"] = url.split("?");
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
};

async function answerTo(request: IncomingMessage, api: Api): Promise<Answer> {
  const path = pathOf(request);
  if (request.method === "GET" || request.method === "HEAD") return api.get(path) ?? await pageFile(path) ?? NOT_FOUND;
  if (request.method !== "POST") return NOT_FOUND;
  const body = await readBody(request);
  return body === undefined ? TOO_LARGE : api.post(path, body) ?? NOT_FOUND;
}

/** Whatever goes wrong with one request, only its connection suffers. */
export function createListener({ api, clock, misbehaviour, counted, unplug }: HttpDeps): RequestListener {
  async function answerRightly(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === "POST" && pathOf(request) === "/unplug") response.once("finish", unplug);
    const answer = pathOf(request) === "/unplug" ? json(`{"success":true}`) : await answerTo(request, api);
    send(response, answer);
  }
  return (request, response) => {
    counted();
    const cut = () => void request.socket.destroy();
    request.on("error", cut);
    response.on("error", cut);
    try {
      answerAs(misbehaviour(), {
        request,
        response,
        clock,
        rightText: () => api.get(pathOf(request))?.body ?? "{}",
        answerRightly: () => void answerRightly(request, response).catch(cut),
      });
    } catch {
      // An address or status that HTTP cannot say: to the client a broken device, which it is meant to be.
      cut();
    }
  };
}
