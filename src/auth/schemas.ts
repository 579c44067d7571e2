import { z } from "zod";
import type { ListedKey } from "./key_ring.ts";
import { LABEL, LABEL_RULE } from "./label.ts";

const role = z.enum(["viewer", "operator", "admin"]);

/** A time as the API answers it: UTC, milliseconds, `Z`. */
const time = z.iso.datetime({ precision: 3 });

export const sessionSchema = z.object({
  actor: z.string().describe("Label of the key, or `anonymous`"),
  role,
  key: z.boolean().describe("False for a caller on this machine while no key exists"),
});

export const newKeySchema = z.strictObject({
  label: z.string().regex(LABEL, LABEL_RULE),
  role: role.optional(),
  expires_at: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).nullable().optional(),
});

export const keySchema = z.object({
  label: z.string(),
  role,
  source: z.enum(["database", "environment"]),
  created_at: time,
  expires_at: time.nullable(),
  last_used_at: time.nullable(),
});

export const createdKeySchema = keySchema.extend({ token: z.string() });

export const keyListSchema = z.object({ items: z.array(keySchema), total: z.number().int() });

export const toJson = (key: ListedKey): z.output<typeof keySchema> => ({
  label: key.label,
  role: key.role,
  source: key.source,
  created_at: key.createdAt,
  expires_at: key.expiresAt,
  last_used_at: key.lastUsedAt,
});
