import { z } from "zod";

/** sRGB as `#rrggbb`, stored in lower case. */
export const color = () =>
  z.string().regex(/^#[0-9a-fA-F]{6}$/, { error: "must be a colour such as #ff8800", abort: true }).toLowerCase();
