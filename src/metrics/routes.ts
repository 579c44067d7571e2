import { z } from "zod";
import type { AuditHealth, LogSettings } from "../audit/mod.ts";
import type { Log } from "../base/log.ts";
import { type Route, route } from "../http/route.ts";
import { exposition, type Family, TEXT_FORMAT } from "./exposition.ts";
import { type CountedDevice, deviceFamily, logFamilies, type ProcessFacts, processFamilies } from "./families.ts";
import type { HttpCounts } from "./http_counts.ts";

/** What Prometheus reads. Labels hold types, states and patterns of routes: no name, no address, no secret. */
export function metricsRoutes(deps: {
  readonly version: string;
  readonly now: () => number;
  readonly log: Pick<Log, "warning">;
  readonly process: ProcessFacts;
  readonly http: HttpCounts;
  readonly audit: () => Promise<AuditHealth>;
  readonly settings: () => LogSettings;
  readonly devices: () => Promise<readonly CountedDevice[]>;
}): readonly Route[] {
  /** Empty while the database does not answer: the rest is wanted then more than ever. */
  const deviceFamilies = async (): Promise<readonly Family[]> => {
    try {
      return [deviceFamily(await deps.devices())];
    } catch (error) {
      deps.log.warning("Devices could not be counted", { error: String(error) });
      return [];
    }
  };
  return [
    route({
      method: "GET",
      path: "/metrics",
      access: { who: "viewer" },
      summary: "Measurements of the server, its log and its devices, in the text format of Prometheus",
      tag: "server",
      answers: { 200: z.string() },
      produces: "text/plain",
      handle: async () => ({
        status: 200,
        type: TEXT_FORMAT,
        text: exposition([
          ...processFamilies(deps.process, { now: deps.now(), version: deps.version }),
          ...logFamilies(await deps.audit(), deps.settings()),
          ...await deviceFamilies(),
          ...deps.http.families(),
        ]),
      }),
    }),
  ];
}
