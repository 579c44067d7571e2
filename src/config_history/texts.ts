import type { Reader } from "../audit/ports.ts";
import type { Breathe } from "./breath.ts";
import { NORMALISER_VERSION, TEXT_KINDS } from "./normalise.ts";
import { unpack } from "./packing.ts";
import { type Mask, maskWithoutKey } from "./secrets.ts";
import { readPacked } from "./store.ts";
import type { Snapshot } from "./types.ts";

/** The texts of snapshots. */
export interface Texts {
  /**
   * As it would be stored today, so that what is compared was made in the same way, and nobody sees a secret that an older
   * version did not know; undefined when it was removed meanwhile. Rejects when what is stored cannot be read.
   */
  read(snapshot: Snapshot): Promise<string | undefined>;
}

export function createTexts(
  { sql, mask = maskWithoutKey, breathe }: {
    readonly sql: Reader;
    readonly mask: Mask | undefined;
    readonly breathe: Breathe;
  },
): Texts {
  return {
    read: async ({ id, normaliser, resourceType }) => {
      const packed = await readPacked(sql, id);
      const text = packed && await unpack(packed);
      if (text === undefined || normaliser === NORMALISER_VERSION) return text;
      const current = await TEXT_KINDS[resourceType].normalise(text, mask, breathe);
      if (current === undefined) throw new Error(`Cannot bring up the text of snapshot "${id}"`);
      return current;
    },
  };
}
