const TRIGRAMS_USED = 12;

/** The index's question for folded texts that must all be there; undefined when all are too short for one. */
export function matchFor(texts: readonly string[]): string | undefined {
  const trigrams = new Set(texts.flatMap(trigramsOf));
  if (trigrams.size === 0) return undefined;
  return [...trigrams].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(" AND ");
}

function trigramsOf(folded: string): readonly string[] {
  const characters = [...folded];
  if (characters.length < 3) return [];
  const last = characters.length - 3;
  const count = Math.min(TRIGRAMS_USED, last + 1);
  return Array.from({ length: count }, (_, i) => {
    const start = count === 1 ? 0 : Math.round(i * last / (count - 1));
    return characters.slice(start, start + 3).join("");
  });
}
