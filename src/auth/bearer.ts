export type Bearer =
  | { readonly kind: "none" }
  | { readonly kind: "malformed" }
  | { readonly kind: "token"; readonly token: string };

/** The scheme in any case, one space, one token of visible ASCII. Two headers arrive joined by a comma and fail. */
const PATTERN = /^Bearer ([\x21-\x2b\x2d-\x7e]{1,512})$/i;

/** Reads the `Authorization` header. */
export function parseBearer(headers: Headers): Bearer {
  const header = headers.get("authorization");
  if (header === null) return { kind: "none" };
  const token = PATTERN.exec(header)?.[1];
  return token === undefined ? { kind: "malformed" } : { kind: "token", token };
}
