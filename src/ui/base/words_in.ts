/** `hall, floor 2` → its words. */
export const wordsIn = (text: string): readonly string[] => [
  ...new Set(text.split(",").map((word) => word.trim()).filter((word) => word !== "")),
];
