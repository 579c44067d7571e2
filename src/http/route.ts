import type { z } from "zod";

export type Role = "viewer" | "operator" | "admin";

/** Who may call: anyone; whoever holds at least the role; with `key`, a real API key of that role, never loopback without one. */
export type Access =
  | { readonly who: "anyone" }
  | { readonly who: Role; readonly key?: true };

/** One parsed call. Params, query and body have passed their schemas. */
export interface Call<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** The bytes of the request as they come, for a route with `rawBody`; empty for any other. */
  readonly bytes: ReadableStream<Uint8Array>;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** True when only the headers of the answer are wanted. */
  readonly head: boolean;
  readonly caller: Caller;
}

/** Who is calling. `role` is that of the key; loopback without keys is `anonymous` with role admin and no key. */
export interface Caller {
  readonly actor: string;
  readonly role: Role | null;
  readonly key: boolean;
  /** The client's address as text, after trusted proxies; no port. */
  readonly client: string;
}

export interface Answer {
  readonly status: number;
  /**
   * At most one of these: a JSON-able value, ready text that is sent as it stands, bytes, or a stream that is read as
   * fast as the client takes it. None: no body.
   */
  readonly json?: unknown;
  readonly text?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly stream?: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Media type of the body; JSON when left out. */
  readonly type?: string;
  /** Names in lower case; they replace the headers that every answer has, except `x-request-id`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One route: the same declaration registers it, guards it, validates its input and describes it. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with `{name}` for parameters, e.g. `/api/v1/devices/{id}`. */
  readonly path: string;
  readonly access: Access;
  /** One sentence, and the group it stands in. */
  readonly summary: string;
  readonly tag: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** True when a request body may be left out. */
  readonly bodyOptional?: boolean;
  /** For a body that is a file instead: its media types. Nothing reads it but the handler, which bounds its size. */
  readonly rawBody?: readonly string[];
  /** A page or file for a browser: its query string is the page's own, and the API description leaves it out. */
  readonly browser?: true;
  /** Schemas (or null for no body) by status, for the API description. Problems need not be listed. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** Media types of the successful answers, for the API description; JSON when left out. */
  readonly produces?: string | readonly string[];
  handle(call: Call): Promise<Answer>;
}

/** Declares a route with the types of its schemas in the handler. */
export function route<
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
  Q extends z.ZodObject = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
>(
  declaration: Omit<Route, "handle" | "params" | "query" | "body"> & {
    readonly params?: P;
    readonly query?: Q;
    readonly body?: B;
    handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer>;
  },
): Route {
  // The guard parses with these very schemas before it calls, so the handler's narrower view of the call is true.
  return declaration as unknown as Route;
}
