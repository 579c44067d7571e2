import type { CATALOGUE } from "../../activity/catalogue.ts";
import type { RejectionReason } from "../../auth/actions.ts";
import { count } from "../base/format.ts";
import { configPhrases } from "./config_phrases.ts";
import { devicePhrases } from "./device_phrases.ts";
import { logPhrases } from "./log_phrases.ts";
import { serverPhrases } from "./server_phrases.ts";
import { note, numberIn, type Phrase, say, textIn, typeWord, value, which, who } from "./parts.ts";

/** The names that the catalogue declares, without the index signature that stands beside them. */
type ActionName = keyof { [Name in keyof typeof CATALOGUE as string extends Name ? never : Name]: true };

const REJECTIONS: Readonly<Record<RejectionReason, string>> = {
  host_missing: "no host named",
  host_malformed: "host cannot be read",
  host_foreign: "foreign host",
  host_needs_key: "this host needs a key",
  origin_malformed: "origin cannot be read",
  origin_foreign: "foreign origin",
  no_keys: "no keys exist yet",
  token_missing: "no key",
  token_malformed: "key cannot be read",
  token_unknown: "unknown key",
  token_expired: "expired key",
  key_required: "a key is needed for this",
  role_too_low: "role too low",
  auth_late: "too late",
  auth_malformed: "cannot be read",
  throttled: "too many",
};

const isReason = (reason: string): reason is RejectionReason => Object.hasOwn(REJECTIONS, reason);
const rejection = (reason = "") => isReason(reason) ? REJECTIONS[reason] : reason.replaceAll("_", " ");

const entity = (did: string): Phrase => (entry) => [who(entry), say(`${did} ${typeWord(entry)}`), which(entry)];
const key = (did: string): Phrase => (entry) => [
  who(entry),
  say(did),
  value(textIn(entry, "key_label")),
  note(textIn(entry, "role")),
  textIn(entry, "via") === "cli" ? note("on the command line") : undefined,
];

/** How each action is said. An action of the catalogue without a phrase does not compile. */
const PHRASES: Readonly<Record<ActionName, Phrase>> = {
  "entity.created": entity("added"),
  "entity.updated": entity("changed"),
  "entity.deleted": entity("deleted"),
  "auth.rejected": (entry) => {
    const suppressed = numberIn(entry, "suppressed");
    const what = suppressed === undefined ? "was turned away" : `was turned away ${count(suppressed)} more times`;
    return [who(entry), say(`${what}: ${rejection(textIn(entry, "reason"))}`), note(textIn(entry, "client"))];
  },
  "auth.ws_connected": (entry) => [who(entry), say("opened a live connection"), note(textIn(entry, "client"))],
  "auth.key_created": key("made the key"),
  "auth.key_revoked": key("revoked the key"),
  ...serverPhrases,
  ...logPhrases,
  ...devicePhrases,
  ...configPhrases,
};

/** Undefined for an action that this page does not know. */
export const phraseFor = (action: string): Phrase | undefined => {
  const phrases: Readonly<Record<string, Phrase>> = PHRASES;
  return Object.hasOwn(phrases, action) ? phrases[action] : undefined;
};
