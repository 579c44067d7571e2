import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "./clock.ts";
import type { Misbehaviour } from "./misbehaviour.ts";
import { withWrongTypes } from "./wrong_types.ts";

/** One request and all that can be done with it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly clock: Clock;
  /** What a well-behaved controller would answer to a GET of the same path. */
  readonly rightText: () => string;
  readonly answerRightly: () => void;
}

/** A new kind does not compile until it is answered. */
type BadAnswers = {
  readonly [K in Misbehaviour["kind"]]: (how: Extract<Misbehaviour, { kind: K }>, exchange: Exchange) => void;
};

const HUGE = 10 * 1024 * 1024;
const PACE = 10;
const HEADERS = { connection: "close", "content-type": "application/json" };
const LOGIN_PAGE = "<!doctype html><html lang=en><title>Sign in</title><h1>Sign in to the network</h1></html>";

function answerSlowly(ms: number, { clock, response, answerRightly }: Exchange) {
  const forget = clock.after(ms, answerRightly);
  response.once("close", forget);
}

/** A little at a time, so that whoever reads it all still has a processor to stop with. */
function answerEndlessly({ clock, response }: Exchange) {
  let forget = () => {};
  const piece = " ".repeat(4096);
  const more = () => {
    response.write(piece);
    forget = clock.after(PACE, more);
  };
  response.once("close", () => forget());
  response.writeHead(200, HEADERS);
  response.write(`{"state":`);
  more();
}

const BAD_ANSWERS: BadAnswers = {
  none: (_how, { answerRightly }) => answerRightly(),
  offline: (_how, { request }) => void request.socket.destroy(),
  slow: ({ ms }, exchange) => answerSlowly(ms, exchange),
  hang: () => {},
  endless: (_how, exchange) => answerEndlessly(exchange),
  html: (_how, { response }) =>
    void response.writeHead(200, { ...HEADERS, "content-type": "text/html" }).end(LOGIN_PAGE),
  redirect: ({ to }, { response }) => void response.writeHead(302, { connection: "close", location: to }).end(),
  wrong_types: (_how, { response, rightText }) =>
    void response.writeHead(200, HEADERS).end(JSON.stringify(withWrongTypes(JSON.parse(rightText())))),
  huge: (_how, { response, rightText }) =>
    void response.writeHead(200, HEADERS).end(`{"padding":"${"x".repeat(HUGE)}","right":${rightText()}}`),
  status: ({ code }, { response }) => void response.writeHead(code, HEADERS).end(`{"error":${code}}`),
  garbage: (_how, { request }) => void request.socket.end("\x00\x7fno HTTP here\x01\x02\r\n\r\n"),
};

/** Answers as `how` says. */
export function answerAs(how: Misbehaviour, exchange: Exchange): void {
  // as: the compiler does not see that `how` is of the kind that it is looked up by.
  const answer = BAD_ANSWERS[how.kind] as (how: Misbehaviour, exchange: Exchange) => void;
  answer(how, exchange);
}
