import type { SqlRow, SqlValue } from "../audit/ports.ts";

/** A row as the local driver gives it, by the names of its columns. */
export function toRow(names: readonly string[], values: readonly unknown[]): SqlRow {
  const row: Record<string, SqlValue> = {};
  for (const [index, name] of names.entries()) {
    row[name] = toValue(values[index]);
  }
  return row;
}

function toValue(value: unknown): SqlValue {
  if (
    typeof value === "string" || typeof value === "number" || value === null
  ) return value;
  // The driver's own kind of bytes is a Buffer, which compares and prints as another type.
  if (value instanceof Uint8Array) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value === undefined) return null;
  throw new Error(`Cannot read a database value of type ${typeof value}`);
}
