import { type ReadonlySignal, signal } from "@preact/signals";
import type { Api } from "./api.ts";
import type { Live } from "./live.ts";
import { report } from "./report.ts";

/** Whether another version of the server runs than the one that this page came from. */
export interface NewerServer {
  /** Its version; undefined while it is the page's own. */
  readonly version: ReadonlySignal<string | undefined>;
  /** Says no more of it until the server comes back the next time. */
  dismiss(): void;
}

export interface NewerServerDeps {
  readonly api: Pick<Api, "get">;
  readonly live: Pick<Live, "on">;
  /** What the page came from; undefined while that is not known. */
  readonly own: () => string | undefined;
}

export function createNewerServer({ api, live, own }: NewerServerDeps): NewerServer {
  const version = signal<string | undefined>(undefined);
  let connected = false;
  const look = async () => {
    const health = await api.get<{ readonly version: string }>("/health");
    if (health.ok) version.value = health.value.version === own() ? undefined : health.value.version;
  };
  live.on(({ type }) => {
    if (type !== "auth_ok") return;
    // The first connection is to the server that has just given the page.
    if (connected) void look().catch(report);
    connected = true;
  });
  return { version, dismiss: () => void (version.value = undefined) };
}
