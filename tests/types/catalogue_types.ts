/** Checked by `deno check` alone: each line marked as an error must be one. */
import { z } from "zod";
import { bindActions, defineAction, mergeActions } from "../../src/audit/catalogue.ts";
import type { Recorder } from "../../src/audit/recorder_types.ts";

const plain = {
  "a.plain": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "",
    when: "",
    metadata: z.object({}),
    message: () => "",
  }),
  "a.counted": defineAction({
    category: "system",
    severity: "info",
    aboutEntity: false,
    label: "",
    when: "",
    metadata: z.object({ count: z.number(), note: z.string().optional() }),
    message: () => "",
  }),
};
const about = {
  "b.entity": defineAction({
    category: "entity",
    severity: "info",
    aboutEntity: true,
    label: "",
    when: "",
    metadata: z.object({}),
    message: () => "",
  }),
};

export function calls(recorder: Recorder) {
  const log = bindActions(recorder, plain);
  log.record("a.plain");
  log.record("a.counted", { metadata: { count: 1 } });
  log.record("a.counted", { metadata: { count: 1, note: "x" } });
  // @ts-expect-error a misspelt action
  log.record("a.plian");
  // @ts-expect-error required metadata left out
  log.record("a.counted");
  // @ts-expect-error a metadata key is missing
  log.record("a.counted", { metadata: {} });
  // @ts-expect-error a foreign metadata key
  log.record("a.counted", { metadata: { count: 1, other: 2 } });
  // @ts-expect-error metadata of another type
  log.record("a.counted", { metadata: { count: "1" } });

  const entities = bindActions(recorder, about);
  entities.record("b.entity", { entityType: "device", entityId: "x", entityName: "Desk" });
  // @ts-expect-error an action about an entity carries its name
  entities.record("b.entity", { entityType: "device", entityId: "x" });
  // @ts-expect-error an action about an entity carries all three
  entities.record("b.entity");
}

export const all = mergeActions(plain, about);
// @ts-expect-error an action that is declared twice
export const twice = mergeActions(plain, about, plain);
