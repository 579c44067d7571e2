import type { Entropy } from "./ports.ts";

export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Characters of an id that tell its `seq`, behind `al_`. */
export const SEQ_LENGTH = 10;
const RANDOM_LENGTH = 16;
const ENTRY_ID = /^al_[0-9A-HJKMNP-TV-Z]{26}$/;

/** Makes entry ids: ten characters of `seq`, so that ids ascend with it and need no index, and 80 random bits. */
export function createEntryIds(entropy: Entropy): (seq: number) => string {
  let pool: Uint8Array = new Uint8Array(0);
  let used = 0;
  return (seq) => {
    if (used + RANDOM_LENGTH > pool.length) {
      pool = entropy.bytes(RANDOM_LENGTH * 256);
      used = 0;
    }
    let random = "";
    for (let i = 0; i < RANDOM_LENGTH; i++) {
      random += ALPHABET[pool[used + i]! & 31];
    }
    used += RANDOM_LENGTH;
    return `al_${encodeSeq(seq)}${random}`;
  };
}

/** The `seq` that an entry's id was made for; undefined for what is no entry id. */
export function seqOfEntryId(id: string): number | undefined {
  if (!ENTRY_ID.test(id)) return undefined;
  let seq = 0;
  for (const character of id.slice(3, 3 + SEQ_LENGTH)) {
    seq = seq * 32 + ALPHABET.indexOf(character);
  }
  return Number.isSafeInteger(seq) ? seq : undefined;
}

function encodeSeq(seq: number): string {
  let text = "";
  for (let rest = seq; text.length < SEQ_LENGTH; rest = Math.floor(rest / 32)) {
    text = ALPHABET[rest % 32] + text;
  }
  return text;
}
