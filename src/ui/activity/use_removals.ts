import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useUi } from "../ui.ts";
import { NO_REMOVALS, type Removals, removalsAfter } from "./removals.ts";

/** What goes from the log while it is looked at, whatever the filter. */
export function useRemovals(): ReadonlySignal<Removals> {
  const { live } = useUi();
  const removals = useSignal(NO_REMOVALS);
  useEffect(() => live.on((message) => void (removals.value = removalsAfter(removals.peek(), message))), [live]);
  return removals;
}
