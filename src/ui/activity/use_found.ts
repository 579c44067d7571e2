import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useUi } from "../ui.ts";
import type { LogList } from "./log_list.ts";
import { indexOfSeq } from "./layout.ts";
import { type Found, lookUp } from "./lookup.ts";
import { seqOfId } from "./row.ts";

export interface Opened {
  readonly id: string;
  readonly found: Found;
}

/** The entry of an id: from the list where it is there, else from the server. What was found once stays. */
export function useFound(id: string | undefined, list: LogList): Signal<Opened | undefined> {
  const { api } = useUi();
  const opened = useSignal<Opened | undefined>(undefined);
  const ready = list.state.value.phase !== "loading";
  useEffect(() => {
    if (id === undefined) return void (opened.value = undefined);
    if (opened.value?.id === id && opened.value.found.name === "found") return;
    const rows = list.state.peek().rows;
    const row = rows[indexOfSeq(rows, seqOfId(id) ?? 0)];
    if (row?.entry.id === id) return void (opened.value = { id, found: { name: "found", entry: row.entry } });
    opened.value = { id, found: { name: "looking" } };
    if (!ready) return;
    const given = new AbortController();
    void lookUp(api, id, given.signal).then(
      (found) => found && (opened.value = { id, found }),
      (error: unknown) => console.error(error),
    );
    return () => given.abort();
  }, [id, ready, list]);
  return opened;
}
