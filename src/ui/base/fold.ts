/**
 * Text without differences of case, for searching: the same folding as the server's search, so that what arrives live
 * is judged like what is loaded.
 */
export function fold(text: string): string {
  return text.normalize("NFC").toUpperCase().toLowerCase().replaceAll("ς", "σ");
}
