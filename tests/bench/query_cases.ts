import type { PageRequest } from "../../src/audit/mod.ts";
import { CLOCK_STEP, entityId, entityName, LOG_DAYS, LOG_START, RARE_ENTITY, RARE_WORD } from "./sample_log.ts";

/** `single` must answer in 10 ms, the others in 100 ms; in a log of more than a million entries all in a second. */
export interface QueryCase {
  readonly group: "single" | "combined" | "text";
  readonly name: string;
  readonly request: PageRequest;
}

const DAY = 86_400_000;
const at = (day: number) => new Date(LOG_START + day * DAY).toISOString();
const END = new Date(LOG_START + LOG_DAYS * DAY - 7_200_000).getTime();
const beforeEnd = (ms: number) => new Date(END - ms).toISOString();

type Filter = PageRequest["filter"];
const caseOf = (group: QueryCase["group"]) =>
(
  name: string,
  filter: Filter,
  beforeSeq?: number,
  afterSeq?: number,
): QueryCase => ({
  group,
  name,
  request: {
    filter,
    limit: 50,
    ...(beforeSeq === undefined ? {} : { beforeSeq }),
    ...(afterSeq === undefined ? {} : { afterSeq }),
  },
});
const single = caseOf("single");
const combined = caseOf("combined");
const text = caseOf("text");

/** Everything a user may ask of the sample log: what is common, what is only at its old end, and what is nowhere. */
export function queryCases(rows: number): readonly QueryCase[] {
  const middle = Math.floor(rows / 2);
  return [
    single("newest page", {}),
    single("page in the middle", {}, middle),
    single("category, common", { categories: ["device"] }),
    single("category, common, middle", { categories: ["device"] }, middle),
    single("four categories", { categories: ["device", "entity", "system", "auth"] }),
    single("category, rare", { categories: ["auth"] }),
    single("category, absent", { categories: ["capture"] }),
    single("severity, common", { severities: ["info"] }),
    single("severity, less common", { severities: ["warning"] }),
    single("severity, rare", { severities: ["error"] }),
    single("actor, common", { actor: "desk" }),
    single("actor, common, middle", { actor: "desk" }, middle),
    single("actor, rare", { actor: "night-shift" }),
    single("actor, old end only", { actor: "intern" }),
    single("actor, absent", { actor: "nobody" }),
    single("action, common", { actions: ["device.state_changed"] }),
    single("three actions, rare", { actions: ["backup.restored", "update.rolled_back", "update.applied"] }),
    single("action, absent", { actions: ["device.exploded"] }),
    single("forward from the beginning", {}, undefined, 0),
    single("forward from the middle", {}, undefined, middle),
    single("forward from the middle, category, common", { categories: ["device"] }, undefined, middle),
    single("entity type, common", { entityType: "device" }),
    single("entity type, rare", { entityType: "scene_playlist" }),
    single("entity type, absent", { entityType: "audio_source" }),
    single("entity, common", { entityId: entityId(0) }),
    single("entity, rare", { entityId: RARE_ENTITY }),
    single("entity, absent", { entityId: "e_none" }),
    single("twenty entities", { entityIds: Array.from({ length: 20 }, (_, k) => entityId(100 + k)) }),
    single("since, last hour", { since: beforeEnd(3_600_000) }),
    single("since, first day", { since: at(1) }),
    single("since, future", { since: at(LOG_DAYS + 2) }),
    single("since, inside a step of the clock", { since: at(LOG_DAYS * CLOCK_STEP - 1 / 24) }),
    single("until, middle", { until: at(45) }),
    single("until, first minutes", { until: at(1 / 100) }),
    single("until, before the log", { until: at(-2) }),
    single("until, inside a step of the clock", { until: at(LOG_DAYS * CLOCK_STEP - 1 / 24) }),
    combined("category + severity + actor, common", { categories: ["device"], severities: ["info"], actor: "desk" }),
    combined("category + severity, old end only", { categories: ["system"], severities: ["error"] }),
    combined("category + severity that never meet", { categories: ["entity"], severities: ["warning"] }),
    combined("actor + warning + a day", { actor: "phone", severities: ["warning"], since: at(30), until: at(31) }),
    combined("until, middle + rare severity", { until: at(45), severities: ["error"] }),
    combined("since, first day + rare severity", { since: at(1), severities: ["error"] }),
    combined("since, last day + old actor", { since: beforeEnd(DAY), actor: "installer" }),
    combined("entity + actor, common", { entityId: entityId(0), actor: "desk" }),
    combined("entity + category that never meet", { entityId: entityId(0), categories: ["system"], actor: "desk" }),
    combined("entity + old actor", { entityId: entityId(0), actor: "intern" }),
    combined("entity + severity + month", {
      entityId: entityId(1),
      severities: ["info"],
      since: at(20),
      until: at(50),
    }),
    combined("step of the clock + common severity", { since: at(53), until: at(54), severities: ["warning"] }),
    combined("step of the clock + rare actor", { since: at(1), until: at(54 - 1 / 24), actor: "night-shift" }),
    combined("step of the clock + old category", { until: at(54 - 1 / 24), categories: ["auth"] }),
    combined("everything, common", {
      categories: ["device", "entity"],
      severities: ["info", "warning"],
      actor: "desk",
      entityType: "device",
      entityId: entityId(0),
      since: at(1),
      until: at(89),
    }),
    text("entity name, common", { entityName: entityName(24) }),
    text("entity name, absent", { entityName: "Lamp of nobody" }),
    text("metadata, key and value", { metadataKey: "brightness", metadataValue: "77" }),
    text("metadata, key alone", { metadataKey: "latency_ms" }),
    text("metadata, absent", { metadataKey: "nothing", metadataValue: "zzyzx" }),
    text("forward from the beginning, common word", { q: "lamp" }, undefined, 0),
    text("forward from the beginning, absent", { q: "zzyzx" }, undefined, 0),
    text("forward from the middle, rare actor", { actor: "night-shift" }, undefined, middle),
    text("common word", { q: "lamp" }),
    text("common word, middle", { q: "lamp" }, middle),
    text("in nearly every entry", { q: "device" }),
    text("less common phrase", { q: "window ring 276" }),
    text("old end only", { q: RARE_WORD }),
    text("absent", { q: "zzyzx" }),
    text("absent, made of common parts", { q: "updated lamp" }),
    text("two characters, common", { q: "la" }),
    text("two characters, absent", { q: "%§" }),
    text("common word + rare actor", { q: "lamp", actor: "night-shift" }),
    text("common word + kinds that never have it", { q: "lamp", categories: ["system"], actor: "desk" }),
    text("common word + common category", { q: "lamp", categories: ["entity"] }),
    text("common word + old category", { q: "lamp", categories: ["auth"] }),
    text("common word + entity that never has it", { q: "lamp", entityId: entityId(10) }),
    text("word of all + severity that never meets it", { q: "configuration", severities: ["warning"] }),
    text("common word + first day", { q: "lamp", until: at(1) }),
    text("absent + everything common", { q: "zzyzx", categories: ["device"], severities: ["info"], since: at(1) }),
    text("old word + common category", { q: RARE_WORD, categories: ["device"] }),
  ];
}
