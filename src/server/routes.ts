import { z } from "zod";
import type { AuditHealth } from "../audit/mod.ts";
import { type Route, route } from "../http/route.ts";

const HEALTH = z.object({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  uptime_seconds: z.int(),
  auth_required: z.boolean(),
  audit: z.object({
    enabled: z.boolean(),
    storing: z.boolean().describe("False from a storage error until something is stored again"),
    head_seq: z.int().nullable().describe("The newest place in the log; null when the database does not answer"),
    waiting: z.int().describe("Changes and entries that wait to be stored"),
    lost: z.int().describe("Entries that could not be stored since the start"),
    unrecorded: z.int().describe("Of these, how many the log does not yet tell of"),
    text_behind: z.int().describe("Entries that the text index has not reached"),
    followers: z.int().describe("Live clients"),
    retention_failing: z.boolean().describe("True from a failed removal of old entries until one succeeds"),
    age_waits_until: z.iso.datetime().nullable()
      .describe("The clock leapt by more than a day: until then no entry goes by its age"),
  }),
});

/** Whether the server is well, for anyone who asks. */
export function healthRoutes(deps: {
  version: string;
  now: () => number;
  /** When the server began, in milliseconds since 1970. */
  begun: number;
  authRequired: () => boolean;
  audit: () => Promise<AuditHealth>;
}): readonly Route[] {
  return [
    route({
      method: "GET",
      path: "/health",
      access: { who: "anyone" },
      summary: "Tell whether the server works and its log stores",
      tag: "server",
      answers: { 200: HEALTH },
      handle: async () => {
        const audit = await deps.audit();
        const well = audit.storing && audit.unrecorded === 0 && audit.head_seq !== null &&
          !audit.retention_failing;
        return {
          status: 200,
          json: {
            status: well ? "ok" : "degraded",
            version: deps.version,
            uptime_seconds: Math.max(0, Math.floor((deps.now() - deps.begun) / 1000)),
            auth_required: deps.authRequired(),
            audit,
          },
        };
      },
    }),
  ];
}
