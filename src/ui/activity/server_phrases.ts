import type { Entry } from "../../audit/mod.ts";
import { entriesWords } from "../base/format.ts";
import { note, numberIn, type Phrase, say, textIn, value, who } from "./parts.ts";

const plain = (did: string): Phrase => (entry) => [who(entry), say(did)];
const backup = (did: string): Phrase => (entry) => [who(entry), say(did), value(textIn(entry, "filename"))];
const update = (did: string): Phrase => (entry) => [who(entry), say(did), value(textIn(entry, "version"))];

const SETTINGS: Readonly<Record<string, string>> = {
  auto_backup: "automatic backups",
  update: "updates",
  shutdown_action: "what a shutdown does",
  replica: "the replica",
};

/** `interval_hours 24, enabled yes`: the keys that changed, with what they are now. */
function changesOf({ metadata }: Entry): string {
  const changes = Object.entries(metadata).filter(([key]) => key !== "setting_key");
  const said = (is: unknown) => is === true ? "yes" : is === false ? "no" : is ?? "none";
  return changes.map(([key, is]) => `${key.replaceAll("_", " ")} ${said(is)}`).join(", ");
}

/** What happens to the server itself. */
export const serverPhrases = {
  "server.started": (entry) => [
    who(entry),
    say("started the server"),
    note(textIn(entry, "version")),
    entry.metadata["clean"] === false ? say("after it had ended unexpectedly") : undefined,
  ],
  "server.restarting": plain("asked the server to restart"),
  "server.shutdown_requested": plain("asked the server to shut down"),
  "server.shutting_down": plain("is shutting the server down"),
  "settings.changed": (entry) => {
    const key = textIn(entry, "setting_key") ?? "something";
    const what = Object.hasOwn(SETTINGS, key) ? SETTINGS[key] : key.replaceAll("_", " ");
    return [who(entry), say(`changed the settings of ${what}:`), note(changesOf(entry))];
  },
  "backup.created": backup("made the backup"),
  "backup.deleted": backup("deleted the backup"),
  "backup.restored": (entry) => [
    ...backup("restored the backup")(entry),
    note(`${entriesWords(numberIn(entry, "carried") ?? 0)} newer than it stayed`),
  ],
  "update.applied": update("updated to"),
  "update.dismissed": update("dismissed the update to"),
  "update.rolled_back": update("took back the update to"),
} satisfies Readonly<Record<string, Phrase>>;
