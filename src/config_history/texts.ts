import type { Reader } from "../audit/ports.ts";
import type { Breathe } from "./breath.ts";
import { NORMALISER_VERSION, TEXT_KINDS } from "./normalise.ts";
import { unpack } from "./packing.ts";
import type { Mask } from "./secrets.ts";
import { readPacked } from "./store.ts";
import type { Snapshot } from "./types.ts";

/** The texts of snapshots. */
export interface Texts {
  /** As it is stored; undefined when it was removed meanwhile. */
  read(snapshot: Snapshot): Promise<string | undefined>;
  /** As it would be stored today: what is compared was made in the same way. */
  readCurrent(snapshot: Snapshot): Promise<string | undefined>;
}

export function createTexts(
  { sql, mask, breathe }: {
    readonly sql: Reader;
    readonly mask: Mask | undefined;
    readonly breathe: Breathe;
  },
): Texts {
  const read = async ({ id }: Snapshot) => {
    const packed = await readPacked(sql, id);
    return packed && await unpack(packed);
  };
  return {
    read,
    readCurrent: async (snapshot) => {
      const text = await read(snapshot);
      if (text === undefined || mask === undefined || snapshot.normaliser === NORMALISER_VERSION) return text;
      return await TEXT_KINDS[snapshot.resourceType].normalise(text, mask, breathe) ?? text;
    },
  };
}
