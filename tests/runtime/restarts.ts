import type { Processes, ServerProcess } from "../support/process.ts";
import { createApiClient } from "./api_client.ts";
import { readServerFile } from "./data_dir_files.ts";
import { eventually } from "./waiting.ts";

/** A server that nothing else looks after: it has to see to its restarts itself. */
export const ON_ITS_OWN = { LUMENLOG_SUPERVISED: "no" } as const;

export const startOnItsOwn = ({ start }: Processes, more: Parameters<Processes["start"]>[0] = {}) =>
  start({ ...more, env: { ...ON_ITS_OWN, ...more.env } });

/** What starts this server again, as it says itself. */
export async function restartsOf(url: string): Promise<string> {
  // Asserted by whoever asks.
  const { json } = await createApiClient(url).call("GET", "/api/v1/system");
  return (json as { readonly restarts: string }).restarts;
}

/** Asks for the end, and resolves with the status of the answer. */
export const askFor = async (url: string, what: "restart" | "shutdown"): Promise<number> =>
  (await createApiClient(url).call("POST", `/api/v1/system/${what}`)).status;

/** Resolves once the server at this address has started so many times. */
export async function startedTimes(url: string, times: number): Promise<void> {
  await eventually(`start ${times}`, async () => {
    const starts = await createApiClient(url).entries("actions=server.started").catch(() => []);
    return starts.length >= times ? true : undefined;
  });
}

/** Actions with their actors, oldest first, of what happens to the server itself. */
export async function storyOf(url: string): Promise<readonly string[]> {
  const entries = await createApiClient(url).entries("categories=system&limit=200");
  return entries.map(({ action, actor, metadata }) =>
    [action, actor, ...("clean" in metadata ? [metadata["clean"] ? "clean" : "unclean"] : [])].join(" ")
  ).reverse();
}

/** The process that serves, which a parent process may have started. */
export async function servingPid(server: ServerProcess): Promise<number> {
  return await eventually("server.json", async () => (await readServerFile(server))?.pid);
}

/** Whether a process with this pid is there. */
export function isThere(pid: number): boolean {
  return new Deno.Command("kill", { args: ["-0", String(pid)], stderr: "null" }).outputSync().success;
}

/** Resolves once no process has this pid any more. */
export const gone = (pid: number) =>
  eventually(`the end of process ${pid}`, () => Promise.resolve(isThere(pid) ? undefined : true));
