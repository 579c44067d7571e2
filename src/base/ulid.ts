const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Makes ULIDs: ten characters of milliseconds since 1970 and sixteen random ones. */
export function createUlids(deps: { clock: { now(): number }; entropy: { bytes(length: number): Uint8Array } }) {
  return (): string => {
    let time = "";
    for (let rest = deps.clock.now(); time.length < 10; rest = Math.floor(rest / 32)) time = ALPHABET[rest % 32] + time;
    return time + Array.from(deps.entropy.bytes(16), (byte) => ALPHABET[byte & 31]).join("");
  };
}
