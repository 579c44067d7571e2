import type { BrowserContext, ConsoleMessage, Page, Request } from "playwright-core";

/** What a page says while the server is away, and nothing else. */
export const SERVER_GONE =
  /net::ERR_(?:CONNECTION_(?:REFUSED|RESET|CLOSED)|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|CONTENT_LENGTH_MISMATCH)|WebSocket connection to \S+ failed/;

/** Whatever went wrong in the pages of a test. A broken content security policy is told of as a console error. */
export interface Problems {
  /** From now on these, and those so far, are what the test provokes. */
  expect(pattern: RegExp): void;
  unexpected(): readonly string[];
  watch(context: BrowserContext): void;
}

export function createProblems(): Problems {
  const seen: string[] = [];
  const expected: RegExp[] = [];
  const add = (text: string) => void seen.push(text);
  return {
    expect: (pattern) => void expected.push(pattern),
    unexpected: () => [...new Set(seen)].filter((text) => !expected.some((pattern) => pattern.test(text))),
    watch: (context) => {
      context.on("console", (message) => isError(message) && add(sayMessage(message)));
      context.on("weberror", (error) => add(`uncaught: ${error.error().stack ?? error.error().message}`));
      context.on("requestfailed", (request) => wasCancelled(request) || add(sayFailure(request)));
      context.on("request", (request) => isHere(request.url()) || add(`asked another machine: ${request.url()}`));
      context.on("page", (page) => watchPage(page, add));
    },
  };
}

function watchPage(page: Page, add: (text: string) => void): void {
  page.on("crash", () => add(`the page crashed: ${page.url()}`));
  page.on("websocket", (socket) => isHere(socket.url()) || add(`asked another machine: ${socket.url()}`));
}

const isError = (message: ConsoleMessage) => message.type() === "error" || message.type() === "assert";
const sayMessage = (message: ConsoleMessage) => `console: ${message.text()} (${message.location().url})`;
const sayFailure = (request: Request) =>
  `request failed: ${request.method()} ${request.url()} ${request.failure()?.errorText}`;

/** By the page itself, or because the person went elsewhere. */
const wasCancelled = (request: Request) => request.failure()?.errorText === "net::ERR_ABORTED";

function isHere(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return !/^(?:http|ws)s?:$/.test(protocol) || hostname === "127.0.0.1" || hostname === "[::1]";
}
