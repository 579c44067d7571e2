import type { Entry } from "../../audit/mod.ts";
import { count } from "../base/format.ts";
import { note, numberIn, type Part, type Phrase, say, textIn, which, who } from "./parts.ts";

const WHY: Readonly<Record<string, string>> = { adoption: "when it was added", manual: "by hand" };

/** The usual reason is not worth a word. */
const why = (entry: Entry): Part | undefined => note(WHY[textIn(entry, "trigger") ?? ""]);

const difference = (entry: Entry): Part | undefined =>
  note(`+${count(numberIn(entry, "lines_added") ?? 0)} −${count(numberIn(entry, "lines_removed") ?? 0)} lines`);

const found = (entry: Entry): string => textIn(entry, "outcome") === "stored" ? "with changes" : "without changes";

/** What happens to the configurations of devices. */
export const configPhrases = {
  "config_snapshot_created": (entry) => [who(entry), say("stored the configuration of"), which(entry), why(entry)],
  "config_snapshot_skipped_duplicate": (
    entry,
  ) => [who(entry), say("found the configuration of"), which(entry), say("unchanged"), why(entry)],
  "config_diff_generated": (
    entry,
  ) => [who(entry), say("found the configuration of"), which(entry), say("changed"), difference(entry)],
  "config_backup_manual_trigger": (
    entry,
  ) => [who(entry), say("backed up the configuration of"), which(entry), note(found(entry))],
} satisfies Readonly<Record<string, Phrase>>;
