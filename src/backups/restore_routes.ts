import { z } from "zod";
import { type Route, route } from "../http/route.ts";
import type { Restorer } from "./restore.ts";
import { NAME } from "./schemas.ts";

const RESTORED = z.object({
  filename: z.string(),
  from_seq: z.int().describe("The highest seq that the backup's log had used"),
  carried: z.int().describe("Entries that the backup does not have and that are in the log"),
  log: z.enum(["kept", "taken"]).describe(
    "Whether the present log went on, or the backup's took its place because the present one told of nothing yet or was behind",
  ),
  safety_copy: z.string().describe("The backup of the database as it was before"),
});

/** How a server becomes again what it was. */
export const restoreRoutes = (restorer: Restorer): readonly Route[] => [
  route({
    method: "POST",
    path: "/api/v1/backups/{filename}/restore",
    access: { who: "admin", key: true },
    tag: "backups",
    summary:
      "Restore what people set up from a backup; the log goes on, and API keys stay unless `keys` is true. Live clients start over",
    params: NAME,
    body: z.strictObject({ keys: z.boolean().default(false) }),
    bodyOptional: true,
    answers: { 200: RESTORED },
    handle: async ({ params, body }) => {
      const restored = await restorer.restore(params.filename, { keys: body?.keys ?? false });
      return {
        status: 200,
        json: {
          filename: restored.filename,
          from_seq: restored.fromSeq,
          carried: restored.carried,
          log: restored.log,
          safety_copy: restored.safetyCopy,
        },
      };
    },
  }),
];
