import { z } from "zod";
import { defineAction } from "../audit/mod.ts";

export const serverActions = {
  "server.started": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Server started",
    when: "The server is ready; `clean` tells whether it was stopped in order the last time",
    metadata: z.object({ version: z.string(), clean: z.boolean() }),
    message: ({ metadata }) =>
      `Lumenlog ${metadata["version"]} started${metadata["clean"] ? "" : " after it ended unexpectedly"}`,
  }),
  "server.restarting": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Restart requested",
    when: "Somebody asked for a restart, or an update needs it",
    metadata: z.object({}),
    message: () => "Restart of Lumenlog requested",
  }),
  "server.shutdown_requested": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Shutdown requested",
    when: "Somebody asked for a shutdown",
    metadata: z.object({}),
    message: () => "Shutdown of Lumenlog requested",
  }),
  "server.shutting_down": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "Server shutting down",
    when: "The first action of a shutdown",
    metadata: z.object({}),
    message: () => "Lumenlog is shutting down",
  }),
};
