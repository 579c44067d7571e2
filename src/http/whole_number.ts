import { z } from "zod";

/** A whole number in decimal digits: the parser alone would also take `0x10`, `1e2` and a list of one. */
export const wholeNumber = (least: number, most: number) =>
  z.preprocess(
    (given) => typeof given === "string" && /^\d{1,16}$/.test(given) ? Number(given) : NaN,
    z.number("must be a whole number in digits").int().min(least).max(most),
  );
