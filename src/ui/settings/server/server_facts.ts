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
  supervisor: "by the service manager or the container it runs in",
  parent: "by a small process of its own",
  in_process: "by itself, within its process",
};

/** What follows a shutdown. */
export const AFTERWARDS: Readonly<Record<ServerFacts["restarts"], string>> = {
  supervisor: "It stays off until its service manager or container starts it, or somebody does there.",
  parent: "It stays off until somebody starts it on its machine.",
  in_process: "It stays off until somebody starts it on its machine.",
};
