import type { z } from "zod";
import type { Reader } from "../audit/ports.ts";
import { listSettings } from "./store.ts";

/**
 * Looks through the settings in a database from elsewhere; those of another name are nobody's and do no harm. A key may be
 * missing, for it then has its default. Gives a clause; undefined when all are sound.
 */
export async function findUnsoundSetting(
  sql: Reader,
  schemas: Readonly<Record<string, z.ZodObject>>,
): Promise<string | undefined> {
  const bad = (await listSettings(sql)).find(({ name, value }) => {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    return schema !== undefined && !schema.partial().safeParse(jsonOf(value)).success;
  });
  return bad && `its setting ${bad.name} could not have been stored here`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
