import type { Entry } from "../../audit/mod.ts";
import { dayKey } from "../base/format.ts";

/** An entry as a list holds it. */
export interface Row {
  /** The entry's place in the log; higher is newer. */
  readonly seq: number;
  /** Its day in this device's zone, e.g. `2026-11-22`. */
  readonly day: string;
  readonly entry: Entry;
}

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ENTRY_ID = /^al_([0-9A-HJKMNP-TV-Z]{10})[0-9A-HJKMNP-TV-Z]{16}$/;

/** The place that an entry's id was made for; undefined for what is no entry id. */
export function seqOfId(id: string): number | undefined {
  const digits = ENTRY_ID.exec(id)?.[1];
  if (digits === undefined) return undefined;
  let seq = 0;
  for (const digit of digits) seq = seq * 32 + ALPHABET.indexOf(digit);
  return Number.isSafeInteger(seq) ? seq : undefined;
}

export const rowOf = (entry: Entry, seq = seqOfId(entry.id) ?? 0): Row => ({ seq, day: dayKey(entry.ts), entry });
