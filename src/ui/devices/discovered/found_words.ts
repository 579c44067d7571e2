import { count } from "../../base/format.ts";
import { nameInText } from "../../lights/light_words.ts";

const MOST_NAMED = 3;

const some = (names: readonly string[]): string =>
  names.length > MOST_NAMED ? `${count(names.length)} devices` : names.map(nameInText).join(", ");

/** What came and what went, for whoever hears it. */
export function newsWords(came: readonly string[], went: readonly string[]): string {
  const sentences = [
    came.length === 0 ? "" : `Found on the network: ${some(came)}.`,
    went.length === 0 ? "" : `No longer on the network: ${some(went)}.`,
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

export const devicesWords = (value: number): string => value === 1 ? "1 device" : `${count(value)} devices`;

/** How a search ended: who answered, and how many of them are not here yet. */
export function answeredWords(answered: number, fresh: number): string {
  if (answered === 0) return "No device answered.";
  const which = fresh === answered ? "" : fresh === 0 ? ", all of them here already" : `, ${count(fresh)} of them new`;
  return `${devicesWords(answered)} answered${which}.`;
}
