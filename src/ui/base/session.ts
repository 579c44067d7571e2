import { type ReadonlySignal, signal } from "@preact/signals";
import type { Role } from "../../http/route.ts";
import { type Api, createApi } from "./api.ts";
import type { Problem } from "./problem.ts";
import type { TokenStore } from "./token_store.ts";

/** Who the server takes this browser for. */
export interface Who {
  readonly actor: string;
  readonly role: Role;
  /** False on the server's own machine while no key exists. */
  readonly key: boolean;
}

export type Phase =
  | { readonly name: "starting" }
  | { readonly name: "unreachable"; readonly problem: Problem }
  /** A key is needed; `reason` when one was refused. */
  | { readonly name: "signed_out"; readonly reason: string | null }
  /** No key exists yet, and this is not the server's own machine. */
  | { readonly name: "closed" }
  | { readonly name: "ready"; readonly who: Who };

export interface Session {
  readonly phase: ReadonlySignal<Phase>;
  readonly api: Api;
  /** The server's when the page began; undefined until it answered. */
  version(): string | undefined;
  token(): string | null;
  /** Finds out who this is; again after `unreachable`. */
  start(): Promise<void>;
  /** Tries a key; undefined when it is taken, else why not. `keep` remembers it on this device. */
  signIn(token: string, keep: boolean): Promise<Problem | undefined>;
  signOut(): void;
  /** The key, or the right to come without one, has ended. */
  ended(used: string | null, reason: string): void;
  /** Listens for what other tabs of this device do with its key. */
  watchDevice(listen: (changed: () => void) => void): void;
  /** Puts off being signed out while something is shown that must not vanish; returns how to go on. */
  hold(): () => void;
}

interface Health {
  readonly auth_required: boolean;
  readonly version: string;
}

const SESSION = "/api/v1/session";

export function createSession(store: TokenStore): Session {
  const phase = signal<Phase>({ name: "starting" });
  let version: string | undefined;
  let holds = 0;
  let putOff: (() => void) | undefined;
  const ended = (used: string | null, reason: string) => {
    if (holds > 0) return void (putOff = () => ended(used, reason));
    // An answer to a request from before another key was given says nothing about that one.
    if (phase.value.name !== "ready" || used !== store.read()) return;
    store.forget();
    phase.value = { name: "signed_out", reason };
  };
  const api = createApi({ token: store.read, unauthorized: ended });

  const start = async () => {
    const health = await api.get<Health>("/health");
    if (!health.ok) return void (phase.value = { name: "unreachable", problem: health.problem });
    version ??= health.value.version;
    // Asking without a key would put a rejection on record for nothing.
    if (health.value.auth_required && store.read() === null) {
      return void (phase.value = { name: "signed_out", reason: null });
    }
    const who = await api.get<Who>(SESSION);
    if (who.ok) phase.value = { name: "ready", who: who.value };
    else if (who.problem.status !== 401) phase.value = { name: "unreachable", problem: who.problem };
    else if (!health.value.auth_required) phase.value = { name: "closed" };
    else {
      store.forget();
      phase.value = { name: "signed_out", reason: who.problem.detail };
    }
  };

  return {
    phase,
    api,
    version: () => version,
    token: store.read,
    start,
    signIn: async (token, keep) => {
      const trial = createApi({ token: () => token, unauthorized: () => {} });
      const who = await trial.get<Who>(SESSION);
      if (!who.ok) return who.problem;
      store.write(token, keep);
      phase.value = { name: "ready", who: who.value };
      return undefined;
    },
    signOut: () => {
      store.forget();
      phase.value = { name: "starting" };
      void start().catch(() => phase.value = { name: "signed_out", reason: null });
    },
    ended,
    watchDevice: (listen) =>
      listen(() => {
        if (store.changedElsewhere()) ended(store.read(), "You signed out in another tab.");
      }),
    hold: () => {
      holds++;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        holds--;
        if (holds > 0) return;
        const late = putOff;
        putOff = undefined;
        late?.();
      };
    },
  };
}
