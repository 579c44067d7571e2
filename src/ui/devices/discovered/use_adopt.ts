import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { report } from "../../base/report.ts";
import { type Entity, entityHref } from "../../entities/types.ts";
import { nameInText } from "../../lights/light_words.ts";
import { useUi } from "../../ui.ts";
import { type Many, useMany } from "../bulk/use_many.ts";

interface Added {
  readonly device?: Entity;
}

export interface Adopt extends Many<Added> {
  /** What is being added. */
  readonly pending: ReadonlySignal<ReadonlySet<string>>;
  /** What was added here, by the id under which it was found. */
  readonly added: ReadonlySignal<ReadonlyMap<string, Entity>>;
  add(ids: readonly string[], tags: readonly string[]): void;
}

/** Eight are added at a time, and each may take three seconds to answer. */
const PART = 32;

/** Makes devices of what was found. */
export function useAdopt(): Adopt {
  const { notices } = useUi();
  const many = useMany<Added>();
  const pending = useSignal<ReadonlySet<string>>(new Set());
  const added = useSignal<ReadonlyMap<string, Entity>>(new Map());

  const last = useRef(Promise.resolve());

  const adopt = async (ids: readonly string[], tags: readonly string[]) => {
    const { failed, problem } = await many.run({
      ids,
      size: PART,
      method: "POST",
      path: "/api/v1/devices/discovered/adopt",
      body: tags.length === 0 ? {} : { tags },
      quiet: ids.length === 1,
      heard: (items) => {
        const made = items.flatMap(({ id, device }) => id === undefined || !device ? [] : [[id, device] as const]);
        added.value = new Map([...added.value, ...made]);
      },
    });
    pending.value = new Set([...pending.value].filter((id) => !ids.includes(id)));
    const [first = ""] = ids;
    if (ids.length > 1) return;
    const device = added.value.get(first);
    const [failure] = failed;
    if (device === undefined) {
      const whose = failure?.name ? `${nameInText(failure.name)}: ` : "";
      return notices.say(`${whose}${failure?.reason ?? problem?.detail ?? ""}`, "error");
    }
    notices.say(`${nameInText(device.name)} was added.`, "info", {
      to: entityHref("device", device.id),
      label: "Open it",
    });
  };

  const add = (ids: readonly string[], tags: readonly string[]) => {
    const fresh = ids.filter((id) => !pending.value.has(id) && !added.value.has(id));
    if (fresh.length === 0) return;
    pending.value = new Set([...pending.value, ...fresh]);
    // What is asked for while something is being added comes after it.
    last.current = last.current.then(() => adopt(fresh, tags)).catch(report);
  };
  return { ...many, pending, added, add };
}
