import { z } from "zod";
import type { Reader } from "../audit/ports.ts";
import { labelProblem } from "./label.ts";
import { listKeyRows } from "./store.ts";

const TIME = z.iso.datetime({ precision: 3 });

const ROW = z.object({
  label: z.string().refine((label) => labelProblem(label) === undefined),
  role: z.enum(["viewer", "operator", "admin"]),
  source: z.enum(["database", "environment"]),
  tokenHash: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  createdAt: TIME,
  expiresAt: TIME.nullable(),
  lastUsedAt: TIME.nullable(),
  revokedAt: TIME.nullable(),
});

/**
 * Looks through the keys of a database from elsewhere. A label that nobody could have been given here, such as that of the
 * system itself, would let somebody pass for another in the log. Gives a clause; undefined when all are sound.
 */
export async function findUnsoundKey(sql: Reader): Promise<string | undefined> {
  const sound = (await listKeyRows(sql)).every((row) => ROW.safeParse(row).success);
  return sound ? undefined : "one of its keys could not have been stored here";
}
