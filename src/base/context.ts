import { AsyncLocalStorage } from "node:async_hooks";

/** One request, one socket message or one engine loop: who acts, and what was recorded while it ran. */
export interface Scope {
  readonly actor: string;
  /** Told of every recorded entry's commit; a response waits for these. */
  readonly recorded: (committed: Promise<void>) => void;
}

/** Who is acting now. Outside any scope, and in engines, that is `system`. */
export interface ActorContext {
  run<T>(scope: Scope, work: () => T): T;
  /** Runs engine work, so that a timer begun inside a request does not inherit its caller. */
  runAsSystem<T>(work: () => T): T;
  current(): Scope;
}

const SYSTEM: Scope = { actor: "system", recorded: () => {} };

export function createActorContext(): ActorContext {
  const storage = new AsyncLocalStorage<Scope>();
  return {
    run: (scope, work) => storage.run(scope, work),
    runAsSystem: (work) => storage.run(SYSTEM, work),
    current: () => storage.getStore() ?? SYSTEM,
  };
}
