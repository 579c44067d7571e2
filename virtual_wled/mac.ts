/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}

/** A locally administered address, 12 hex digits, always the same for the same name. */
export function macOf(name: string): string {
  const hex = hash(name).toString(16).padStart(8, "0") + hash(`${name}/`).toString(16).padStart(8, "0");
  return `02${hex.slice(0, 10)}`;
}
