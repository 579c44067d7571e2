import { lookup } from "node:dns/promises";
import type { DeviceHttp } from "../devices/device_http.ts";
import type { Outside } from "../entities/definition.ts";

const LOOKUP_LIMIT_MS = 1000;

/** The network around this machine, for what entities need to know of it. */
export function createOutside(http: DeviceHttp): Outside {
  return {
    resolve: async (host) => {
      try {
        const found = await within(LOOKUP_LIMIT_MS, lookup(host, { all: true }));
        return found?.map(({ address }) => address) ?? [];
      } catch {
        return []; // a name that nobody knows now
      }
    },
    readJson: async (url, limits) => {
      const answer = await http.request(url, limits);
      return answer.ok ? answer.json : undefined;
    },
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const limit = AbortSignal.timeout(ms);
  return await Promise.race([
    work,
    new Promise<undefined>((resolve) => limit.addEventListener("abort", () => resolve(undefined), { once: true })),
  ]);
}
