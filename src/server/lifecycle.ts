import { bindActions, type Recorder } from "../audit/mod.ts";
import { serverActions } from "./actions.ts";
import { readRunning, writeRunning } from "./store.ts";

/** Puts start and stop of the server on record. */
export interface Lifecycle {
  started(): Promise<void>;
  /** The first action of a shutdown. */
  stopping(): void;
  /** The last write: the next start knows that this one was stopped in order. */
  stopped(): Promise<void>;
}

export function createLifecycle(deps: { recorder: Recorder; version: string }): Lifecycle {
  const log = bindActions(deps.recorder, serverActions);
  return {
    started: () =>
      deps.recorder.change(async (tx) => {
        const clean = !(await readRunning(tx));
        await writeRunning(tx, true);
        log.recordIn(tx, "server.started", { metadata: { version: deps.version, clean } });
      }),
    stopping: () => log.record("server.shutting_down"),
    stopped: () => deps.recorder.change((tx) => writeRunning(tx, false)),
  };
}
