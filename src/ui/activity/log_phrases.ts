import type { Entry } from "../../audit/mod.ts";
import { clockTime, count, entriesWords } from "../base/format.ts";
import { note, numberIn, type Phrase, say, textIn, who } from "./parts.ts";

const entriesIn = (entry: Entry, key: string): string => entriesWords(numberIn(entry, key) ?? 0);

/** `90 days, at most 20,000 entries`; `for ever`. */
export function keptWords(days: number | null | undefined, entries: number | null | undefined): string {
  const parts = [
    ...(typeof days === "number" ? [`${count(days)} ${days === 1 ? "day" : "days"}`] : []),
    ...(typeof entries === "number" ? [`at most ${entriesWords(entries)}`] : []),
  ];
  return parts.length === 0 ? "for ever" : parts.join(", ");
}

const exported: Phrase = (entry) => {
  const format = (textIn(entry, "format") ?? "").toUpperCase();
  const rows = entriesIn(entry, "rows");
  return entry.metadata["complete"] === false
    ? [who(entry), say(`began an export as ${format}, broken off after ${rows}`)]
    : [who(entry), say(`exported ${rows} as ${format}`)];
};

/** What happens to the log itself. */
export const logPhrases = {
  "activity_log.cleared": (entry) => [who(entry), say(`cleared the log: ${entriesIn(entry, "deleted")} removed`)],
  "activity_log.pruned": (entry) => [who(entry), say(`removed the oldest ${entriesIn(entry, "deleted")}`)],
  "activity_log.disabled": (entry) => [who(entry), say("switched recording off")],
  "activity_log.enabled": (entry) => [who(entry), say("switched recording on")],
  "activity_log.retention_changed": (entry) => [
    who(entry),
    say("changed how much the log keeps:"),
    note(keptWords(numberIn(entry, "max_days"), numberIn(entry, "max_entries"))),
  ],
  "activity_log.exported": exported,
  "activity_log.entries_lost": (entry) => {
    const [from, to] = [textIn(entry, "from_ts"), textIn(entry, "to_ts")];
    const when = from === undefined || to === undefined ? "" : `, ${clockTime(from)} to ${clockTime(to)}`;
    return [who(entry), say(`could not store ${entriesIn(entry, "count")}${when}`)];
  },
} satisfies Readonly<Record<string, Phrase>>;
