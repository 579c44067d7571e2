/**
 * What starts the server again after it ended with the exit code for that: a service manager or container runtime, a small
 * process of the same program, or nobody, so that it begins anew inside its process.
 */
export type RestartWay = "supervisor" | "parent" | "in_process";

/** How the server ends, and what is done while nobody uses its database. */
export interface ServerControl {
  readonly restarts: RestartWay;
  /** How the server is about to end; null as long as nobody has asked for that. */
  readonly ending: "stop" | "restart" | null;
  /** Ends the server in order, behind the answer to the request that asked for it. Once it is asked, nothing changes that. `reason` is what live clients are told instead of `how`. */
  end(how: "stop" | "restart", reason?: "update"): void;
  /**
   * Lets go of the database file, does the work alone with it, and goes on with the server on what is there then; live
   * clients are told to start over. Rejects as the work does, which must then have left the file as it was. A Refusal when
   * the database is no file, or another such work is under way. To be called from a request's handler.
   */
  alone<T>(work: (path: string) => Promise<T>): Promise<T>;
}
