const UNITS = ["kB", "MB", "GB"] as const;

/** `812 bytes`, `1.2 MB`, `139 MB`. */
export function bytesWords(bytes: number): string {
  let amount = bytes;
  let unit = "bytes";
  for (const next of UNITS) {
    if (amount < 999.5) break;
    amount /= 1000;
    unit = next;
  }
  return `${unit === "bytes" || amount >= 9.95 ? Math.round(amount) : amount.toFixed(1)} ${unit}`;
}
