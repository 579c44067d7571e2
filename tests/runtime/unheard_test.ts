import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { processTest } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { readServerFile } from "./data_dir_files.ts";
import { askFor } from "./restarts.ts";
import type { Runtime } from "./runtimes.ts";
import { eventually, within } from "./waiting.ts";

/** The program with what it says going where nothing can be written any more, as on a full disk or to a terminal that is gone. */
const unheard = (runtime: Runtime, redirects: string): Runtime => ({
  ...runtime,
  command: async (dir) => {
    const { program, args, ...rest } = await runtime.command(dir);
    return { ...rest, program: "sh", args: ["-c", `exec "$@" ${redirects}`, "sh", program, ...args] };
  },
});

for (const redirects of [">/dev/full", ">/dev/full 2>&1"]) {
  processTest(`a server that cannot say anything serves all the same: ${redirects}`, async ({ runtime, run, dir }) => {
    const ended = run({ runtime: unheard(runtime, redirects) });
    const { url } = await eventually("server.json", () => readServerFile({ dataDir: join(dir, "data") }));
    assertEquals((await createApiClient(url).call("GET", "/health")).status, 200);
    assertEquals(await askFor(url, "shutdown"), 202);
    assertEquals((await within("the end", ended)).code, 0);
  });
}
