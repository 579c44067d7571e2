import type { Leaving } from "../app.ts";
import { Refusal } from "../base/errors.ts";
import type { RestartWay, ServerControl } from "../base/server_control.ts";
import type { Log } from "../base/log.ts";
import { CLOSE_LIMIT_MS } from "./edge.ts";
import type { Ending, Endings } from "./endings.ts";
import { EXIT, Failure } from "./exit.ts";
import type { Gate } from "./gate.ts";
import type { Generation } from "./generation.ts";

/** The server of this process: one app after the other behind the same listening socket. */
export interface Server {
  /** Opens the first app and lets everybody in. Rejects when it cannot. */
  open(): Promise<void>;
  /** Begins the work of the first app; once it listens. */
  start(): Promise<void>;
  /** Lets go of an app that was never started. */
  close(): Promise<void>;
  /** Serves until an end is asked for, and resolves with it; beginning anew inside the process is not one. Rejects when nothing can be served any more. */
  served(): Promise<Ending>;
  /** Ends the app, once what is done alone with the database has ended. `closed` ends the listening socket. */
  stop(how: Ending, closed: () => Promise<void>): Promise<void>;
}

export interface ServerDeps {
  readonly gate: Gate;
  readonly endings: Endings;
  readonly restarts: RestartWay;
  /** The file of the database; null when it is none. */
  readonly file: string | null;
  /** `anew`: the server begins, rather than goes on after a restore. */
  readonly open: (control: ServerControl, anew: boolean) => Promise<Generation>;
  readonly log: Log;
  /** Milliseconds that an app may take to end before another one follows. */
  readonly limitMs: number;
}

export function createServer({ gate, endings, restarts, file, open, log, limitMs }: ServerDeps): Server {
  let generation: Generation | undefined;
  let alone: Promise<unknown> | undefined;
  let stopped = false;
  const broken = brokenServer();

  const begin = async (anew: boolean) => {
    generation = await open(control, anew);
    await generation.app.start({ anew });
    gate.open(generation.app);
  };
  /** Nobody holds the database afterwards; what else did not end in order is only told. */
  const leave = async (reason: Leaving, remaining: number) => {
    const leaving = generation;
    generation = undefined;
    await leaving?.app.stop(() => gate.shut({ remaining, ms: CLOSE_LIMIT_MS }), reason).catch((error: unknown) => {
      log.error("The server did not end in order", { error: String(error) });
    });
    await leaving?.close();
  };
  /** From one app to the next, with the work in between; whatever becomes of the work, there is a server afterwards. */
  const exchange = async <T>(reason: Leaving, remaining: number, work: () => Promise<T>): Promise<T> => {
    await broken.unless(withinLimit(leave(reason, remaining), limitMs));
    try {
      return await work();
    } finally {
      await broken.unless(begin(reason !== "restore"));
    }
  };

  const control: ServerControl = {
    restarts,
    get ending() {
      return endings.wish;
    },
    end: endings.ask,
    alone: async (work) => {
      if (file === null) throw new Refusal("conflict", "Cannot do this here: the database is on a server of its own");
      if (stopped || alone || endings.wish !== null) {
        throw new Refusal("conflict", "Cannot do this now: the server is ending, or something else has its database");
      }
      const running = exchange("restore", 1, () => work(file));
      alone = running.catch(() => undefined); // whoever asked hears of it
      try {
        return await running;
      } finally {
        alone = undefined;
      }
    },
  };

  return {
    open: async () => {
      generation = await open(control, true);
      gate.open(generation.app);
    },
    start: async () => await generation?.app.start({ anew: true }),
    close: async () => await generation?.close(),
    served: async () => {
      for (;;) {
        const how = await Promise.race([endings.asked, broken.failed]);
        if (how === "stop" || restarts !== "in_process") return how;
        await alone;
        await exchange(endings.reason(), 0, () => Promise.resolve());
        endings.renew();
      }
    },
    stop: async (how, closed) => {
      stopped = true;
      await alone;
      const leaving = generation;
      if (leaving === undefined) return await closed(); // whoever still waits is answered
      try {
        await leaving.app.stop(closed, how === "restart" ? endings.reason() : "shutdown");
      } finally {
        await leaving.close();
      }
    },
  };
}

/** What ends the server for good. */
function brokenServer() {
  let fail = (_: unknown) => {};
  const failed = new Promise<never>((_, reject) => fail = reject);
  failed.catch(() => {}); // whoever serves hears of it; at a stop nobody does
  const unless = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      fail(error);
      throw error;
    });
  return { failed, unless };
}

async function withinLimit(work: Promise<void>, ms: number): Promise<void> {
  let limit: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const failure = new Failure(EXIT.failure, "Cannot begin anew: the server does not let go of its database");
    limit = setTimeout(() => reject(failure), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(limit);
  }
}
