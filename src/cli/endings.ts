import type { RestartWay } from "../base/server_control.ts";
import type { Log } from "../base/log.ts";
import { followOrders } from "../runtime/restart_orders.ts";
import type { Edge } from "./edge.ts";
import { EXIT } from "./exit.ts";

export type Ending = "stop" | "restart";

/** The first wish that the server ends; signals of the operating system are wishes too, and those of a parent process. */
export interface Endings {
  /** The wish, as long as it is not fulfilled. */
  readonly wish: Ending | null;
  /** Resolves with the wish. */
  readonly asked: Promise<Ending>;
  ask(how: Ending, reason?: "update"): void;
  /** What live clients are told of the wish. */
  reason(): "shutdown" | "restart" | "update";
  /** A wish that did not end the process is fulfilled, and another one may come. */
  renew(): void;
  /** From now on the process ends within the limit, with this code at the latest. */
  limit(code: number): void;
  /** The exit code of a process that ended as it was wished; a signal to stop beats the wish for a restart. */
  code(): number;
}

interface EndingsDeps {
  readonly edge: Pick<Edge, "onSignal" | "exit">;
  readonly restarts: RestartWay;
  readonly log: Log;
  /** Milliseconds that the process may go on after it was asked to end. */
  readonly limitMs: number;
}

/** The second signal ends the process at once. */
export function createEndings({ edge, restarts, log, limitMs }: EndingsDeps): Endings {
  let current = oneEnding();
  let wish: Ending | null = null;
  let why: "update" | undefined;
  let stopping = false;
  let signals = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const code = () => wish === "restart" && !stopping ? EXIT.restart : EXIT.asked;
  const limit = (atLatest: () => number) => {
    timer ??= setTimeout(() => {
      log.error("The stop takes too long: what has not ended is cut off");
      edge.exit(atLatest());
    }, limitMs);
  };
  const ask = (how: Ending, reason?: "update") => {
    if (how === "stop" || restarts !== "in_process") limit(code);
    if (wish !== null) return;
    wish = how;
    why = reason;
    current.resolve(how);
  };
  const stop = () => {
    stopping = true;
    ask("stop");
  };
  // Counted apart from the orders of a parent process: one signal may reach both of us.
  const signal = () => signals++ > 0 ? edge.exit(EXIT.failure) : stop();
  edge.onSignal("SIGTERM", signal);
  if (restarts === "parent") {
    const gone = () => {
      log.warning("The process that started this server is gone: it stops");
      stop();
    };
    followOrders({ stop, now: () => edge.exit(EXIT.failure), gone });
  } else {
    edge.onSignal("SIGINT", signal);
  }
  return {
    get wish() {
      return wish;
    },
    get asked() {
      return current.asked;
    },
    ask,
    reason: () => wish === "restart" ? why ?? "restart" : "shutdown",
    renew: () => {
      current = oneEnding();
      wish = null;
      if (stopping) ask("stop");
    },
    limit: (atLatest) => limit(() => atLatest),
    code,
  };
}

function oneEnding() {
  let resolve = (_: Ending) => {};
  const asked = new Promise<Ending>((settle) => resolve = settle);
  return { asked, resolve };
}
