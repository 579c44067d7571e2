import { readLines } from "./json_lines.ts";
import { problemOf, type Result, UNREACHABLE } from "./problem.ts";

export interface SendOptions {
  readonly signal?: AbortSignal;
  /** How long the server may take, in milliseconds; more than it ever needs when left out. */
  readonly ms?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The server's HTTP API. Nothing here throws: what fails comes back as a problem. */
export interface Api {
  /**
   * `path` with its query, e.g. `/api/v1/devices?tag=stage`. A server that says when to come again is asked again then,
   * as long as there is time.
   */
  get<T>(path: string, options?: SendOptions): Promise<Result<T>>;
  /** The file at a path, as it is. */
  file(path: string, options?: SendOptions): Promise<Result<Blob>>;
  /** `body` is sent as JSON, a Blob as it is; an answer without a body has the value undefined. */
  send<T = undefined>(
    method: "POST" | "PUT" | "DELETE",
    path: string,
    body?: unknown,
    options?: SendOptions,
  ): Promise<Result<T>>;
  /**
   * Posts, and hears each line of an answer of JSON lines as it comes; `ms` is for all of it. Whether that was all is
   * for the listener to tell by the last line.
   */
  lines(path: string, body: unknown, hear: (line: unknown) => void, options?: SendOptions): Promise<Result<undefined>>;
}

export interface ApiDeps {
  readonly token: () => string | null;
  /** Told when the server no longer takes what was sent as the key: `used` is that key. */
  readonly unauthorized: (used: string | null, detail: string) => void;
}

interface Opening {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** A server that hangs must not leave a page that waits for ever. */
const LONGEST_MS = 20_000;
/** Of what the server asks to wait before the next attempt. */
const LONGEST_PAUSE_MS = 2000;
const UNAVAILABLE = 503;

export function createApi({ token, unauthorized }: ApiDeps): Api {
  /** The answer, once its head is there; what is no success is a problem. */
  async function open(method: string, path: string, body: unknown, { headers: more, signal }: Opening) {
    const used = token();
    const headers = new Headers({ accept: "application/json", ...more });
    // What cannot stand in a header is no key either; sent as it can be, the server refuses it.
    if (used !== null) headers.set("authorization", `Bearer ${used.replace(/[^\x21-\x7e]/g, "?")}`);
    const isFile = body instanceof Blob;
    if (body !== undefined) headers.set("content-type", isFile ? "application/octet-stream" : "application/json");
    const answer = await fetch(path, {
      method,
      headers,
      credentials: "omit",
      cache: "no-store",
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
      signal,
    }).catch(() => undefined); // off the network, or given up: told as a problem below
    if (answer === undefined) return { ok: false, problem: UNREACHABLE } as const;
    if (answer.ok) return { ok: true, answer } as const;
    const problem = await problemOf(answer);
    // What needs a real key says nothing about the right to be here without one.
    if (answer.status === 401 && problem.reason !== "key_required") unauthorized(used, problem.detail);
    const after = answer.status === UNAVAILABLE ? answer.headers.get("retry-after") : null;
    return { ok: false, problem, ...(after === null ? {} : { after: Number(after) * 1000 }) } as const;
  }
  /** As `open`; what changes nothing is tried again when the server says so. */
  async function openPatiently(method: string, path: string, body: unknown, options: SendOptions) {
    const limit = createLimit(options);
    let away: Awaited<ReturnType<typeof open>> | undefined;
    try {
      for (;;) {
        const opened = await open(method, path, body, { ...options, signal: limit.signal });
        // What the server said last says more than that there was no time to hear it again.
        if (limit.signal.aborted && away !== undefined) return away;
        if (opened.ok || opened.after === undefined || method !== "GET") return opened;
        away = opened;
        await pause(Math.min(opened.after || LONGEST_PAUSE_MS, LONGEST_PAUSE_MS), limit.signal);
      }
    } finally {
      limit.end();
    }
  }
  async function request<T>(method: string, path: string, body: unknown, options: SendOptions): Promise<Result<T>> {
    const opened = await openPatiently(method, path, body, options);
    if (!opened.ok) return opened;
    const { answer } = opened;
    const etag = answer.headers.get("etag");
    if (answer.status === 204) return { ok: true, value: undefined as T, etag }; // the caller expects no body there
    const value: unknown = await answer.json().catch(() => undefined); // cut off on the way: told as a problem below
    if (value === undefined) return { ok: false, problem: UNREACHABLE };
    return { ok: true, value: value as T, etag }; // the server answers by the schemas that its description shows
  }
  const file: Api["file"] = async (path, options = {}) => {
    const opened = await openPatiently("GET", path, undefined, options);
    if (!opened.ok) return opened;
    const value = await opened.answer.blob().catch(() => undefined); // cut off on the way: told as a problem below
    return value === undefined ? { ok: false, problem: UNREACHABLE } : { ok: true, value, etag: null };
  };
  const lines: Api["lines"] = async (path, body, hear, options = {}) => {
    const limit = createLimit(options);
    try {
      const opened = await open("POST", path, body, { ...options, signal: limit.signal });
      if (!opened.ok) return opened;
      const whole = opened.answer.body !== null && await readLines(opened.answer.body, hear);
      return whole ? { ok: true, value: undefined, etag: null } : { ok: false, problem: UNREACHABLE };
    } finally {
      limit.end();
    }
  };
  return {
    get: (path, options = {}) => request("GET", path, undefined, options),
    send: (method, path, body, options = {}) => request(method, path, body, options),
    file,
    lines,
  };
}

/** Ends early when it is given up. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    setTimeout(resolve, ms);
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

function createLimit({ ms = LONGEST_MS, signal }: SendOptions) {
  const limit = new AbortController();
  const abort = () => limit.abort();
  const timer = setTimeout(abort, ms);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  return { signal: limit.signal, end: () => clearTimeout(timer) };
}

/** A path with its query; what is undefined, empty or an empty list is left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | readonly string[] | undefined>>,
) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(",") : value === undefined ? "" : String(value);
    if (text !== "") parameters.set(name, text);
  }
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
