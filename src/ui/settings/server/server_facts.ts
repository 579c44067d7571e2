/** What the server answers about itself. */
export interface ServerFacts {
  readonly version: string;
  readonly runtime: string;
  readonly started_at: string;
  /** Who starts it again after a restart was asked for. */
  readonly restarts: "supervisor" | "parent" | "in_process";
  readonly database: "file" | "remote";
}

export const SYSTEM = "/api/v1/system";

export const RESTARTS: Readonly<Record<ServerFacts["restarts"], string>> = {
  supervisor: "by its service manager or container",
  parent: "by a process of its own",
  in_process: "within its process",
};

/** What follows a shutdown. */
export const AFTERWARDS: Readonly<Record<ServerFacts["restarts"], string>> = {
  supervisor: "It stays off until its service manager or container starts it.",
  parent: "It stays off until somebody starts it there.",
  in_process: "It stays off until somebody starts it there.",
};
