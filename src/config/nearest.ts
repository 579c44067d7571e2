/** The known word that was probably meant: at most a third of the letters differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(word, candidate) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}

/** `; did you mean --port?` or nothing. */
export function hint(word: string, known: readonly string[], prefix = ""): string {
  const meant = nearest(word, known);
  return meant === undefined ? "" : `; did you mean ${prefix}${meant}?`;
}

/** How many letters must be put in, taken out or replaced (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) row = nextRow(row, letter, i + 1, b);
  return row[b.length] ?? 0;
}

function nextRow(previous: readonly number[], letter: string, first: number, b: string): number[] {
  const row = [first];
  for (let at = 1; at <= b.length; at++) {
    const replaced = (previous[at - 1] ?? 0) + (b[at - 1] === letter ? 0 : 1);
    row.push(Math.min(replaced, (previous[at] ?? 0) + 1, (row[at - 1] ?? 0) + 1));
  }
  return row;
}
