/** Longer ones nobody types. */
const LONGEST = 40;

/** Marks that cannot be seen cannot be typed either; blanks all look the same. */
const seen = (text: string): string => text.normalize("NFC").replace(/\p{Cf}/gu, "").replace(/\s+/gu, " ").trim();

/** What has to be typed to delete something of this name: the name, or a plain word where that is no name to type. */
export function confirmWord(name: string): string {
  const word = seen(name);
  const plain = word !== "" && [...word].length <= LONGEST && !/\p{Extended_Pictographic}/u.test(word);
  return plain ? word : "delete";
}

/** A word without capitals is taken whatever its case: many keyboards begin with one unasked. */
export const isConfirmed = (word: string, typed: string): boolean => {
  const given = seen(typed);
  return given === word || (word === word.toLowerCase() && given.toLowerCase() === word);
};
