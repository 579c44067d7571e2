/** What was typed where it does not make a value yet, e.g. half a number: kept, and never sent. */
export interface Unfinished {
  readonly "\u0000typed": string;
}

export const unfinished = (typed: string): Unfinished => ({ "\u0000typed": typed });

export const isUnfinished = (value: unknown): value is Unfinished =>
  typeof value === "object" && value !== null && "\u0000typed" in value;

export const typedIn = (value: Unfinished): string => value["\u0000typed"];
