/** Where the strings of a line begin and end, also those in scripts, which are strings themselves. */
export interface Quotes {
  /** Of the quote that begins a string, the one that ends it. */
  readonly ends: ReadonlyMap<number, number>;
  /** Of the quotes that end one, how many backslashes belong to each. */
  readonly last: ReadonlyMap<number, number>;
  /** False when a string has no end: then nothing is sure. */
  readonly balanced: boolean;
}

/** Scripts in scripts in scripts. */
const MOST_LEVELS = 6;

/** At the outermost level a quote is `"`, in a string `\"`, in a string in that `\\\"`: one backslash, then twice as many and one. */
export function quotesOf(line: string): Quotes {
  const ends = new Map<number, number>();
  const last = new Map<number, number>();
  const open: number[] = [];
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) {
    const slashes = backslashesBefore(line, at);
    const level = open.findIndex((_, each) => slashes % 2 ** (each + 1) === 2 ** each - 1);
    if (level >= 0) {
      ends.set(open[level] ?? at, at);
      last.set(at, 2 ** level - 1);
      open.length = level;
    } else if (open.length < MOST_LEVELS && slashes % 2 ** (open.length + 1) === 2 ** open.length - 1) {
      open.push(at);
    }
  }
  return { ends, last, balanced: open.length === 0 };
}

/** Where the string ends that this place is in, before its quote and the backslashes of that; outside of all, the line. */
export function endAround(line: string, place: number, { ends, last }: Quotes): number {
  for (let at = line.indexOf('"', place); at >= 0; at = line.indexOf('"', (ends.get(at) ?? at) + 1)) {
    const slashes = last.get(at);
    if (slashes !== undefined) return Math.max(place, at - slashes);
  }
  return line.length;
}

export function backslashesBefore(text: string, at: number): number {
  let count = 0;
  while (text[at - count - 1] === "\\") count++;
  return count;
}
