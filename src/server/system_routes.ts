import { z } from "zod";
import { bindActions, type Recorder } from "../audit/mod.ts";
import { Refusal } from "../base/errors.ts";
import type { ServerControl } from "../base/server_control.ts";
import type { Scalar, Setting } from "../base/setting.ts";
import { type Route, route } from "../http/route.ts";
import { serverActions } from "./actions.ts";

/** What becomes of lights that are being driven when the server shuts down. */
export type ShutdownAction = "stop_targets" | "leave";
export interface ShutdownSetting extends Readonly<Record<string, Scalar>> {
  readonly action: ShutdownAction;
}

/** What the server says of itself. */
export interface AboutServer {
  readonly version: string;
  /** With its version. */
  readonly runtime: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly database: "file" | "remote";
}

export interface SystemDeps {
  readonly recorder: Recorder;
  readonly control: ServerControl;
  readonly shutdown: Setting<ShutdownSetting>;
  readonly about: AboutServer;
}

const PATH = "/api/v1/system";
const TAG = "server";

const SYSTEM = z.object({
  version: z.string(),
  runtime: z.string().describe("What the server runs on, e.g. `Deno 2.9.6`"),
  started_at: z.iso.datetime(),
  restarts: z.enum(["supervisor", "parent", "in_process"]).describe(
    "What starts the server again: a service manager or container runtime, a process of its own, or the server itself",
  ),
  database: z.enum(["file", "remote"]),
});
const ENDING = z.object({ ending: z.enum(["restart", "stop"]) });
export const SHUTDOWN_ACTION = z.object({
  action: z.enum(["stop_targets", "leave"]).describe(
    "Whether lights that are being driven are stopped at a shutdown, or left as they are",
  ),
});

/** What runs, how it ends, and what then becomes of the lights. */
export function systemRoutes({ recorder, control, shutdown, about }: SystemDeps): readonly Route[] {
  const log = bindActions(recorder, serverActions);
  /** On record first: the answer waits for that, and the end for the answer. */
  const end = (how: "restart" | "stop", record: () => void) => {
    if (control.ending !== null) throw new Refusal("conflict", "Cannot do this now: the server is ending already");
    record();
    control.end(how);
    return Promise.resolve({ status: 202, json: { ending: how } });
  };
  return [
    route({
      method: "GET",
      path: PATH,
      access: { who: "viewer" },
      summary: "Tell which server this is",
      tag: TAG,
      answers: { 200: SYSTEM },
      handle: () => {
        const { version, runtime, startedAt, database } = about;
        const started_at = new Date(startedAt).toISOString();
        return Promise.resolve({
          status: 200,
          json: { version, runtime, started_at, restarts: control.restarts, database },
        });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/restart`,
      access: { who: "admin" },
      summary: "End the server in order and start it again, at the same address",
      tag: TAG,
      answers: { 202: ENDING },
      handle: () => end("restart", () => log.record("server.restarting")),
    }),
    route({
      method: "POST",
      path: `${PATH}/shutdown`,
      access: { who: "admin" },
      summary: "End the server in order",
      tag: TAG,
      answers: { 202: ENDING },
      handle: () => end("stop", () => log.record("server.shutdown_requested")),
    }),
    route({
      method: "GET",
      path: `${PATH}/shutdown-action`,
      access: { who: "admin" },
      summary: "Tell what becomes of the lights at a shutdown",
      tag: TAG,
      answers: { 200: SHUTDOWN_ACTION },
      handle: () => Promise.resolve({ status: 200, json: shutdown.current() }),
    }),
    route({
      method: "PUT",
      path: `${PATH}/shutdown-action`,
      access: { who: "admin" },
      summary: "Change what becomes of the lights at a shutdown",
      tag: TAG,
      body: SHUTDOWN_ACTION.strict(),
      answers: { 200: SHUTDOWN_ACTION },
      handle: async ({ body }) => ({ status: 200, json: (await shutdown.change(body)).value }),
    }),
  ];
}
