import type { Refusal } from "../base/errors.ts";
import type { Access, Caller } from "./route.ts";

/** The other end of the connection, as the socket saw it. */
export interface Peer {
  /** IP address as text, no port. */
  readonly address: string;
  /** True when the connection itself is encrypted. */
  readonly secure: boolean;
}

/** Somebody at the door. */
export interface Attempt {
  readonly method: string;
  /** Path as it was sent, still percent-encoded, without the query: text that the other party chose. */
  readonly path: string;
  readonly headers: Headers;
  readonly peer: Peer;
  /** What the route asks for; null when no route matched, so that nobody can find out which paths exist. */
  readonly access: Access | null;
  /** True for a WebSocket. */
  readonly upgrade: boolean;
}

export type Verdict =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly refusal: Refusal };

/** Decides about an attempt and records a rejection itself. Runs under the actor `anonymous`. */
export type Authorize = (attempt: Attempt) => Verdict | Promise<Verdict>;
