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
